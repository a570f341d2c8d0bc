#include "plan/recogniser.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace nepho::plan {
namespace {

// As many as there are bits but the one that says that nothing is there.
constexpr std::size_t kMostLists = 63;
constexpr std::uint64_t kNothingThere = std::uint64_t{1} << kMostLists;

bool wants(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::any_of(
      list, [&](const std::string& wanted) { return event::is_wanted(text, wanted); });
}

// Whether the list wants a scalar among the values.
bool wants_any(const std::vector<std::string>& list, const std::vector<event::RawValue>& values) {
  return std::ranges::any_of(values, [&](const event::RawValue& value) {
    if (value.is_container()) return false;
    if (value.raw.find('\\') == value.raw.npos) return wants(list, value.raw);
    std::string decoded;
    event::append_text(value, decoded);
    return wants(list, decoded);
  });
}

}  // namespace

Recogniser::Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys,
                       event::Trails& trails) {
  std::unordered_map<std::string, std::uint32_t> path_numbers;
  for (const event::Recognition& recognition : order) {
    Way way{recognition.source, {}};
    for (const event::Sign& sign : *recognition.signs) {
      const auto next = static_cast<std::uint32_t>(paths_.size());
      const auto [known, is_new] = path_numbers.emplace(sign.path, next);
      if (is_new) paths_.push_back({event::FieldPath(sign.path, keys), {}});
      if (is_new) paths_.back().path.follow(trails);
      Path& path = paths_[known->second];
      Sign compiled{known->second, &sign.values, static_cast<std::uint32_t>(path.lists.size()), {}};
      if (!sign.values.empty()) path.lists.push_back(&sign.values);
      for (const auto& prefix : path.path.prefixes()) {
        compiled.keys.add(prefix.key);
        compiled.may_be_untold = compiled.may_be_untold || prefix.key >= event::KeyMask::kKeys;
      }
      way.signs.push_back(compiled);
    }
    ways_.push_back(std::move(way));
  }
}

const std::vector<std::uint32_t>& Recogniser::possible(const event::KeyMask& there,
                                                       Memory& memory) const {
  if (memory.places_.empty()) memory.places_.resize(Memory::kNumTogether << Memory::kSetBits);
  const std::size_t set = there.hash() >> (64U - Memory::kSetBits);
  Memory::Possible* const places = &memory.places_[set * Memory::kNumTogether];
  for (std::size_t i = 0; i < Memory::kNumTogether; ++i) {
    if (places[i].is_set && places[i].keys == there) return places[i].ways;
  }
  return find_possible(there, places[memory.next_++ % Memory::kNumTogether]);
}

const std::vector<std::uint32_t>& Recogniser::find_possible(const event::KeyMask& there,
                                                            Memory::Possible& place) const {
  place.is_set = true;
  place.keys = there;
  place.ways.clear();
  for (std::uint32_t way = 0; way < ways_.size(); ++way) {
    const auto& signs = ways_[way].signs;
    const bool is_possible = std::all_of(signs.begin(), signs.end(), [&](const Sign& sign) {
      return sign.may_be_untold || sign.keys.meets(there);
    });
    if (is_possible) place.ways.push_back(way);
  }
  return place.ways;
}

// That a path was looked at, which may not have been the first time.
void Recogniser::Memory::note(std::uint32_t path, const Seen& seen) {
  if (std::ranges::find(outcomes_, path, &Tree::Outcome::place) != outcomes_.end()) return;
  // What comes behind one that is not told is kept in vain: nothing follows it.
  outcomes_.push_back({path, outcome_of(seen).value_or(0)});
}

// Beside the row of a record only what stands at the paths decides.
const event::LogSource* Recogniser::recognise(const event::RecordView& view, Memory& memory) const {
  memory.seen_.resize(paths_.size());
  ++memory.epoch_;
  if (view.row() == 0) return recognise_by_signs(view, memory);
  Memory::Tree& known = memory.trees_.of(view.row(), [](Memory::Tree& tree) { tree.clear(); });
  const auto decided =
      known.follow([&](std::uint32_t path) { return outcome_of(look_at(path, view, memory)); });
  if (decided) return *decided;
  const event::LogSource* const source = recognise_by_signs(view, memory);
  known.add(memory.outcomes_, source);
  return source;
}

// All that decides beside the keys that are there is noted.
const event::LogSource* Recogniser::recognise_by_signs(const event::RecordView& view,
                                                       Memory& memory) const {
  memory.outcomes_.clear();
  for (const std::uint32_t way : possible(view.key_mask(), memory)) {
    const auto& signs = ways_[way].signs;
    if (std::all_of(signs.begin(), signs.end(),
                    [&](const Sign& sign) { return bears(view, sign, memory); })) {
      return ways_[way].source;
    }
  }
  return nullptr;
}

// A cell holds nothing below it: only a key that is the whole path leads to a value.
std::optional<const event::LogSource*> Recogniser::recognise_by_keys(
    const event::RecordView& view, const std::vector<std::uint32_t>& unsure) const {
  for (const Way& way : ways_) {
    bool is_sure = true;
    const bool may_hold = std::ranges::all_of(way.signs, [&](const Sign& sign) {
      const auto prefixes = paths_[sign.path].path.prefixes();
      const auto whole = std::ranges::find(prefixes, 0U, &event::FieldPath::Prefix::rest_size);
      if (whole == prefixes.end()) return false;
      const bool is_there = view.has(whole->key);
      is_sure = is_sure && is_there && sign.values->empty();
      return is_there || std::ranges::find(unsure, whole->key) != unsure.end();
    });
    if (may_hold) return is_sure ? std::optional(way.source) : std::nullopt;
  }
  return nullptr;
}

// What a record has at a path is looked up once, and mostly it is one short text that was there
// before: then which lists want it is known.
const Recogniser::Memory::Seen& Recogniser::look_at(std::uint32_t number,
                                                    const event::RecordView& view,
                                                    Memory& memory) const {
  Memory::Seen& seen = memory.seen_[number];
  if (seen.epoch == memory.epoch_) return seen;
  seen.epoch = memory.epoch_;
  seen.wanted = 0;
  const Path& path = paths_[number];
  seen.is_told = path.lists.size() <= kMostLists;
  event::RawValue one;
  const auto found = view.find_one(path.path, one);
  seen.is_there = found != event::RecordView::Found::kNothing;
  const bool is_short = found == event::RecordView::Found::kOne && !one.is_container() &&
                        one.raw.size() <= text::kNameTextBytes &&
                        (!view.may_have_escapes() || one.raw.find('\\') == one.raw.npos);
  if (!seen.is_there || (is_short && path.lists.empty())) return seen;
  if (is_short && seen.is_told) {
    seen.wanted = told(path, one.raw, seen);
    return seen;
  }
  seen.values.clear();
  view.resolve(path.path, seen.values);
  seen.is_there = !seen.values.empty();
  if (!seen.is_told) return seen;
  for (std::size_t list = 0; list < path.lists.size(); ++list) {
    if (wants_any(*path.lists[list], seen.values)) seen.wanted |= std::uint64_t{1} << list;
  }
  return seen;
}

// Which lists want what stands at a path, or that nothing stands there, where that is told.
std::optional<std::uint64_t> Recogniser::outcome_of(const Memory::Seen& seen) {
  if (!seen.is_told) return std::nullopt;
  return seen.is_there ? seen.wanted : kNothingThere;
}

// The lists that want a short text, of which 32 bytes may be read.
std::uint64_t Recogniser::told(const Path& path, std::string_view text, Memory::Seen& seen) {
  if (seen.told.empty()) seen.told.resize(std::size_t{1} << Memory::kToldBits);
  Memory::Told& told = seen.told[text::hash_of_padded(text) >> (64U - Memory::kToldBits)];
  if (told.text.equals_padded(text)) return told.wanted;
  told.text.assign(text);
  told.wanted = 0;
  for (std::size_t list = 0; list < path.lists.size(); ++list) {
    if (wants(*path.lists[list], text)) told.wanted |= std::uint64_t{1} << list;
  }
  return told.wanted;
}

bool Recogniser::bears(const event::RecordView& view, const Sign& sign, Memory& memory) const {
  const Path& path = paths_[sign.path];
  const auto prefixes = path.path.prefixes();
  if (sign.values->empty() && prefixes.size() == 1) return view.has(prefixes[0].key);
  const Memory::Seen& seen = look_at(sign.path, view, memory);
  memory.note(sign.path, seen);
  if (sign.values->empty() || !seen.is_there) return seen.is_there;
  if (seen.is_told) return (seen.wanted >> sign.list & 1U) != 0;
  return wants_any(*sign.values, seen.values);
}

}  // namespace nepho::plan
