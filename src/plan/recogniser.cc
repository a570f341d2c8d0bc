#include "plan/recogniser.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace nepho::plan {

Recogniser::Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys) {
  std::unordered_map<std::string, std::uint32_t> path_numbers;
  for (const event::Recognition& recognition : order) {
    Way way{recognition.source, {}};
    for (const event::Sign& sign : *recognition.signs) {
      const auto next = static_cast<std::uint32_t>(paths_.size());
      const auto [known, is_new] = path_numbers.emplace(sign.path, next);
      if (is_new) paths_.emplace_back(sign.path, keys);
      Sign compiled{known->second, &sign.values, 0};
      for (const auto& prefix : paths_[compiled.path].prefixes()) {
        compiled.keys |= std::uint64_t{1} << (prefix.key % 64);
      }
      way.signs.push_back(compiled);
    }
    ways_.push_back(std::move(way));
  }
}

const std::vector<std::uint32_t>& Recogniser::possible(std::uint64_t there, Memory& memory) const {
  if (memory.places_.empty()) memory.places_.resize(Memory::kNumPlaces);
  // The multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4).
  const std::size_t hashed = (there * 0x9E3779B97F4A7C15U) >> 32U;
  Memory::Possible* const places =
      &memory.places_[hashed & (Memory::kNumPlaces - Memory::kNumTogether)];
  for (std::size_t i = 0; i < Memory::kNumTogether; ++i) {
    if (places[i].is_set && places[i].keys == there) return places[i].ways;
  }
  return find_possible(there, places[memory.next_++ % Memory::kNumTogether]);
}

const std::vector<std::uint32_t>& Recogniser::find_possible(std::uint64_t there,
                                                            Memory::Possible& place) const {
  place.is_set = true;
  place.keys = there;
  place.ways.clear();
  for (std::uint32_t way = 0; way < ways_.size(); ++way) {
    const auto& signs = ways_[way].signs;
    const bool is_possible = std::all_of(
        signs.begin(), signs.end(), [there](const Sign& sign) { return (sign.keys & there) != 0; });
    if (is_possible) place.ways.push_back(way);
  }
  return place.ways;
}

const event::LogSource* Recogniser::recognise(const event::RecordView& view, Memory& memory) const {
  memory.seen_.resize(paths_.size());
  ++memory.epoch_;
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
      const auto prefixes = paths_[sign.path].prefixes();
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

const std::vector<event::RawValue>& Recogniser::values_at(std::uint32_t path,
                                                          const event::RecordView& view,
                                                          Memory& memory) const {
  auto& [epoch, values] = memory.seen_[path];
  if (epoch == memory.epoch_) return values;
  epoch = memory.epoch_;
  values.clear();
  event::RawValue one;
  switch (view.find_one(paths_[path], one)) {
    case event::RecordView::Found::kNothing: break;
    case event::RecordView::Found::kOne: values.push_back(one); break;
    case event::RecordView::Found::kUnsure: view.resolve(paths_[path], values);
  }
  return values;
}

bool Recogniser::bears(const event::RecordView& view, const Sign& sign, Memory& memory) const {
  // The bit of a key is shared by others.
  const auto prefixes = paths_[sign.path].prefixes();
  const bool has_key = std::any_of(prefixes.begin(), prefixes.end(),
                                   [&](const auto& prefix) { return view.has(prefix.key); });
  if (!has_key) return false;
  if (sign.values->empty() && prefixes.size() == 1) return true;
  const auto& values = values_at(sign.path, view, memory);
  if (sign.values->empty()) return !values.empty();
  return std::any_of(values.begin(), values.end(), [&](const event::RawValue& value) {
    if (value.is_container()) return false;
    std::string decoded;
    std::string_view text = value.raw;
    if (text.find('\\') != text.npos) {
      event::append_text(value, decoded);
      text = decoded;
    }
    return std::any_of(sign.values->begin(), sign.values->end(),
                       [&](const std::string& wanted) { return event::is_wanted(text, wanted); });
  });
}

}  // namespace nepho::plan
