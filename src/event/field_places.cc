// "a.b.c" may stand under the keys "a", "a.b" and "a.b.c" of the record's top, and a field with
// aliases under those of each path. Of all these only "a" of its first path is usual; the others
// are rare, and in a record that has no rare key at all they need not be looked for.
#include "event/field_places.h"

#include <algorithm>

#include "event/path_marks.h"

namespace nepho::event {
namespace {

char first_mark(std::string_view path) {
  const std::size_t mark = path.find_first_of(kMarks);
  return mark == path.npos ? '\0' : path[mark];
}

}  // namespace

FieldPath::FieldPath(std::string_view path, KeyTable& keys) {
  add(path, keys, [](std::string_view) { return KeyTable::Use::kPlain; });
}

FieldPath::FieldPath(const std::vector<std::string>& paths, KeyTable& keys,
                     std::span<const FieldPart> parts)
    : parts_(parts) {
  for (const std::string& path : paths) {
    const bool is_first = &path == &paths.front();
    add(path, keys, [&](std::string_view prefix) {
      const bool is_usual = is_first && prefix.find('.') == prefix.npos;
      return is_usual ? KeyTable::Use::kUsual : KeyTable::Use::kRare;
    });
  }
}

// `use_of(prefix)` says what kind of key a prefix is.
template <typename UseOf>
void FieldPath::add(std::string_view path, KeyTable& keys, UseOf use_of) {
  const std::size_t begin = text_.size();
  text_ += path;
  holds_selector_ = holds_selector_ || event::holds_selector(path);
  // What is no key has no number. A string's inside is not in the record: see SourcePlanner.
  const std::string_view keys_only = path.substr(0, path.find_first_of(kMarks));
  const auto add_prefix = [&](std::size_t size, std::size_t skipped) {
    const std::string_view prefix = path.substr(0, size);
    prefixes_.push_back({keys.add(prefix, use_of(prefix)),
                         static_cast<std::uint32_t>(begin + size + skipped),
                         static_cast<std::uint32_t>(path.size() - size - skipped)});
  };
  for (std::size_t dot = keys_only.find('.'); dot != path.npos;
       dot = keys_only.find('.', dot + 1)) {
    add_prefix(dot, 1);
  }
  if (keys_only.size() == path.size()) add_prefix(path.size(), 0);
  num_usual_ = prefixes_.size();
}

void FieldPath::settle(const KeyTable& keys) {
  const auto rare =
      std::stable_partition(prefixes_.begin(), prefixes_.end(),
                            [&](const Prefix& prefix) { return !keys.is_rare(prefix.key); });
  num_usual_ = static_cast<std::size_t>(rare - prefixes_.begin());
}

// `trail_of` gives the trail for what a prefix still needs, by its keys.
template <typename TrailOf>
void FieldPath::follow_by(Trails& trails, TrailOf trail_of) {
  for (Prefix& prefix : prefixes_) {
    if (prefix.rest_size == 0) continue;
    const std::string_view whole = rest(prefix);
    const bool ends_with_part = first_mark(whole) == kPartMark;
    const std::string_view keys = ends_with_part ? keys_in_front(whole) : whole;
    if (!keys.empty() && !prefix.has_trail())
      prefix.trail = trail_of(prefix.key, keys, ends_with_part);
    const bool is_reached = keys.empty() || prefix.has_trail();
    if (ends_with_part && is_reached && !prefix.has_part()) prefix.part = trails.add_part();
  }
}

void FieldPath::follow(Trails& trails) {
  follow_by(trails, [&](std::uint32_t key, std::string_view rest, bool /*has_part*/) {
    return trails.add(key, rest);
  });
}

void FieldPath::follow_further(Trails& trails) {
  follow_by(trails, [&](std::uint32_t key, std::string_view rest, bool has_part) {
    return has_part ? trails.find(key, rest) : trails.add_further(key, rest);
  });
}

}  // namespace nepho::event
