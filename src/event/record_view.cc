// The second pass, a lazy one: only below the members that the scan has kept, and only for fields
// that a rule really asks for. Where a container ends, the scan has noted.
#include "event/record_view.h"

#include <algorithm>

#include "base/limits.h"
#include "event/pivot.h"
#include "event/raw_key.h"
#include "text/escape.h"
#include "text/json_scalar.h"
#include "text/short_text.h"

namespace nepho::event {
namespace {

using text::JsonType;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool opens(char c) { return c == '{' || c == '['; }

JsonType type_of(char first) {
  switch (first) {
    case '{': return JsonType::kObject;
    case '[': return JsonType::kArray;
    case 't': return JsonType::kTrue;
    case 'f': return JsonType::kFalse;
    case 'n': return JsonType::kNull;
    default: return JsonType::kNumber;
  }
}

}  // namespace

void append_text(const RawValue& value, std::string& out) {
  if (value.type != JsonType::kString || !text::append_json_string(value.raw, out))
    out += value.raw;
}

RecordView::RecordView(const KeyTable& keys, const Trails* trails)
    : keys_(&keys),
      chains_(keys.size()),
      trails_(trails),
      trail_ends_(trails == nullptr ? 0 : trails->size()),
      part_memories_(trails == nullptr ? 0 : trails->num_parts()) {
  for (std::uint32_t key = 0; key < chains_.size(); ++key) {
    chains_[key].is_rare = keys.is_rare(key);
    if (trails != nullptr) chains_[key].trails = trails->root(key);
  }
}

void RecordView::reset(std::string_view text, std::span<const std::uint32_t> tokens,
                       const text::EscapeIndex* escapes) {
  text_ = text;
  tokens_ = tokens;
  escapes_ = escapes;
  if (behind_.size() < tokens.size()) behind_.resize(tokens.size());
  token_ = 0;
  begin_ = end_ = 0;
  num_members_ = 0;
  holds_cells_ = false;
}

void RecordView::reset_to_value(const RecordView& whole, const RawValue& value) {
  reset(whole.text_, whole.tokens_, whole.escapes_);
  token_ = value.token;
}

bool RecordView::has_next() {
  while (token_ < tokens_.size() && at(token_) == ',') ++token_;
  return token_ < tokens_.size();
}

// The token behind the value at `token`.
std::uint32_t RecordView::behind(std::uint32_t token) const {
  return opens(at(token)) ? behind_[token] : token + 1;
}

void RecordView::put(std::uint32_t token, RawValue& value) const {
  if (at(token) != '"') return put_but_string(token, value);
  value.type = JsonType::kString;
  value.raw = string_at(token);
  value.token = token;
}

void RecordView::put_but_string(std::uint32_t token, RawValue& value) const {
  const std::size_t begin = tokens_[token];
  value.type = type_of(text_[begin]);
  value.token = token;
  if (value.is_container()) {
    value.raw = text_.substr(begin, tokens_[behind(token) - 1] + 1 - begin);
    return;
  }
  std::size_t end = token + 1 < tokens_.size() ? tokens_[token + 1] : text_.size();
  while (end > begin && is_space(text_[end - 1])) --end;
  value.raw = text_.substr(begin, end - begin);
}

// The values below the members whose key is this prefix.
inline void RecordView::resolve_prefix(const FieldPath& path, const FieldPath::Prefix& prefix,
                                       std::vector<RawValue>& out) const {
  bool is_one = prefix.is_told();
  const Spot* const spot = spot_of(prefix, is_one);
  if (spot == nullptr) return;
  if (is_one && !prefix.has_part()) return put(*spot, out.emplace_back());
  if (is_one) {
    const Found found = find_part(path, prefix, *spot, out.emplace_back());
    if (found != Found::kOne) out.pop_back();
    if (found != Found::kUnsure) return;
  }
  const Chain& chain = chains_[prefix.key];
  for (std::uint32_t index = chain.first; index != kLast; index = members_[index].next) {
    if (prefix.rest_size == 0) {
      put(members_[index].spot, out.emplace_back());
    } else {
      resolve_below(members_[index].spot.token, path.rest(prefix), out);
    }
  }
}

// As find_one() where some prefix leads to a part, most of which make nothing of what is there.
[[gnu::noinline]] RecordView::Found RecordView::find_one_of_parts(const FieldPath& path,
                                                                  Prefixes prefixes,
                                                                  RawValue& value) const {
  Found found = Found::kNothing;
  for (const auto& prefix : prefixes) {
    bool is_one = prefix.is_told();
    const Spot* const spot = spot_of(prefix, is_one);
    if (spot == nullptr) continue;
    if (!is_one) return Found::kUnsure;
    RawValue here;
    Found found_here = Found::kOne;
    if (prefix.has_part()) {
      found_here = find_part(path, prefix, *spot, here);
    } else {
      put(*spot, here);
    }
    if (found_here == Found::kNothing) continue;
    if (found_here == Found::kUnsure || found != Found::kNothing) return Found::kUnsure;
    found = Found::kOne;
    value = here;
  }
  return found;
}

// The part of what stands at `spot`; unsure where that is a container.
[[gnu::noinline]] RecordView::Found RecordView::find_part(const FieldPath& path,
                                                          const FieldPath::Prefix& prefix,
                                                          const Spot& spot, RawValue& value) const {
  put(spot, value);
  if (value.is_container()) return Found::kUnsure;
  const std::string_view rest = path.rest(prefix);
  const FieldPart* const part = part_named(rest.substr(rest.find(kPartMark)), path.parts());
  if (part == nullptr || value.type == JsonType::kNull) return Found::kNothing;
  auto& memory = part_memories_[prefix.part];
  if (memory == nullptr) memory = std::make_unique<PartMemory>();
  const auto made = memory->part_of(value.raw, *part);
  if (!made) return Found::kNothing;
  value.type = JsonType::kString;
  value.raw = *made;
  return Found::kOne;
}

// What a part makes of the scalar here.
[[gnu::noinline]] void RecordView::put_part(const Step& step, std::vector<RawValue>& out) const {
  const FieldPart* part = part_named(step.rest, parts_);
  RawValue whole;
  put(step.token, whole);
  if (part == nullptr || whole.type == JsonType::kNull) return;
  auto made = part_of(whole.raw, *part);
  if (!made) return;
  if (num_part_texts_ == part_texts_.size()) part_texts_.emplace_back();
  PartText& kept = part_texts_[num_part_texts_++];
  kept = std::move(*made);
  out.push_back({JsonType::kString, kept.text(), step.token});
}

void RecordView::resolve(const FieldPath& path, Prefixes prefixes,
                         std::vector<RawValue>& out) const {
  parts_ = path.parts();
  if (prefixes.size() == 1) return resolve_prefix(path, prefixes[0], out);
  const std::size_t before = out.size();
  std::size_t num_prefixes_met = 0;
  for (const FieldPath::Prefix& prefix : prefixes) {
    const std::size_t num_values = out.size();
    resolve_prefix(path, prefix, out);
    if (out.size() != num_values) ++num_prefixes_met;
  }
  // In the order of the record, also where "a" and "a.b" are both there.
  if (num_prefixes_met > 1) {
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const RawValue& a, const RawValue& b) { return a.token < b.token; });
  }
}

// Whether the key at this token is `rest` or a dotted prefix of it; `below` is what then remains.
// Keys are compared where they lie: a raw key ends at the first quote that it does not share with
// `rest`.
inline bool RecordView::takes(std::uint32_t key_token, std::string_view rest,
                              std::string_view& below) const {
  const std::string_view key = text_.substr(tokens_[key_token] + 1);
  const std::size_t most = std::min(key.size(), rest.size());
  std::size_t same = 0;
  while (same < most && key[same] == rest[same] && key[same] != '"') ++same;
  const char end = same < key.size() ? key[same] : '\0';
  if (end == '\\') return key_takes(string_at(key_token), rest, below);
  if (end != '"') return false;
  if (same == rest.size()) {
    below = {};
    return true;
  }
  if (rest[same] != '.') return false;
  below = rest.substr(same + 1);
  return true;
}

// The children of an object that a path leads through, each with what then remains of the path.
// Most keys are told apart by their first character (an escape may be anything, and a name that
// begins with a dot goes on below ""). The loop over the others is what walks cost: keep it small.
template <typename Hit>
inline void RecordView::each_child(const Step& step, Hit hit) const {
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  const std::uint32_t* const behind_of = behind_.data();
  const char first = step.rest[0];
  const bool may_begin_empty = first == '.';
  std::uint32_t child = step.token + 1;
  if (text[tokens[child]] == '}') return;
  while (true) {
    const char key = text[tokens[child] + 1];
    if (key == first || key == '\\' || may_begin_empty) {
      std::string_view below;
      if (takes(child, step.rest, below)) hit(Step{child + 2, below});
    }
    const std::uint32_t value = child + 2;
    const std::uint32_t end = opens(text[tokens[value]]) ? behind_of[value] : value + 1;
    if (text[tokens[end]] == '}') return;
    child = end + 1;
  }
}

// Whether the object is one that the path's selector lets pass; if so, moves the path behind it.
[[gnu::noinline]] bool RecordView::select(Step& step) const {
  const auto selector = Selector::begin_of(step.rest);
  if (!selector || at(step.token + 1) == '}') return false;
  std::string decoded;
  for (std::uint32_t child = step.token + 1;; ++child) {
    std::string_view below;
    const bool is_name = at(child + 2) == '"' && takes(child, selector->key, below) &&
                         below.empty() && !selector->key.empty();
    const std::string_view raw = is_name ? string_at(child + 2) : std::string_view{};
    if (is_name && raw.find('\\') == raw.npos) {
      if (raw == selector->name) break;
    } else if (is_name) {
      decoded.clear();
      if (text::append_json_string(raw, decoded) && decoded == selector->name) break;
    }
    child = behind(child + 2);
    if (at(child) == '}') return false;
  }
  step.rest = selector->rest;
  return true;
}

bool RecordView::first_scalar_in(const RawValue& array, RawValue& value) const {
  std::uint32_t element = array.token + 1;
  while (at(element) != ']') {
    put(element, value);
    if (!value.is_container() && value.type != JsonType::kNull) return true;
    element = behind(element);
    if (at(element) == ',') ++element;
  }
  return false;
}

bool RecordView::holds_string(const RawValue& array) const {
  const std::uint32_t end = behind(array.token);
  for (std::uint32_t token = array.token + 1; token != end;) {
    if (at(token) == '"') return true;
    token = at(token) == '{' ? behind(token) : token + 1;
  }
  return false;
}

// Usually a path leads through one child of each object: then nothing has to wait.
void RecordView::resolve_below(std::uint32_t token, std::string_view rest,
                               std::vector<RawValue>& out) const {
  Step step{token, rest};
  while (!step.rest.empty() && at(step.token) == '{') {
    if (begins_with_selector(step.rest)) {
      if (!select(step)) return;
      continue;
    }
    std::size_t num_hits = 0;
    Step hit;
    each_child(step, [&](const Step& child) {
      ++num_hits;
      hit = child;
    });
    if (num_hits == 0) return;
    if (num_hits > 1) break;
    step = hit;
  }
  pending_.clear();
  while (out.size() < kDefaultLimits.max_values_per_field) {
    if (step.rest.empty()) {
      put(step.token, out.emplace_back());
    } else if (opens(at(step.token))) {
      descend(step, out);
    } else if (step.rest.starts_with(kPartMark)) {
      put_part(step, out);
    }
    if (pending_.empty()) return;
    step = pending_.back();
    pending_.pop_back();
  }
}

// A child that the path leads through: when it ends there and nothing waits before it, it is a
// value; else it waits in pending_.
[[gnu::noinline]] void RecordView::reach(std::uint32_t token, std::string_view below,
                                         std::vector<RawValue>& out) const {
  if (below.empty() && pending_.empty()) {
    put(token, out.emplace_back());
  } else {
    pending_.push_back({token, below});
  }
}

// Looks for the children of an object or array that a path leads through. Those that wait stand on
// pending_ with the first on top.
void RecordView::descend(const Step& step, std::vector<RawValue>& out) const {
  const auto num_waiting = static_cast<std::ptrdiff_t>(pending_.size());
  if (at(step.token) == '{' && begins_with_selector(step.rest)) {
    Step selected = step;
    if (select(selected)) reach(selected.token, selected.rest, out);
  } else if (at(step.token) == '{') {
    each_child(step, [&](const Step& child) { reach(child.token, child.rest, out); });
  } else {
    std::uint32_t element = step.token + 1;
    while (true) {
      if (at(element) == ',') ++element;
      if (at(element) == ']') break;
      reach(element, step.rest, out);
      element = behind(element);
    }
  }
  if (static_cast<std::ptrdiff_t>(pending_.size()) - num_waiting > 1) {
    std::reverse(pending_.begin() + num_waiting, pending_.end());
  }
}

}  // namespace nepho::event
