#include "plan/recogniser.h"

#include <algorithm>
#include <string>

namespace nepho::plan {

Recogniser::Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys) {
  for (const event::Recognition& recognition : order) {
    Way way{recognition.source, {}};
    for (const event::Sign& sign : *recognition.signs) {
      Sign compiled{event::FieldPath(sign.path, keys), &sign.values, 0};
      for (const auto& prefix : compiled.path.prefixes()) {
        compiled.keys |= std::uint64_t{1} << std::min(prefix.key, 63U);
      }
      way.signs.push_back(std::move(compiled));
    }
    ways_.push_back(std::move(way));
  }
}

std::size_t Recogniser::first_possible(std::uint64_t there, std::size_t from) const {
  const auto is_possible = [there](const Way& way) {
    return std::all_of(way.signs.begin(), way.signs.end(),
                       [there](const Sign& sign) { return (sign.keys & there) != 0; });
  };
  const auto begin = ways_.begin() + static_cast<std::ptrdiff_t>(from);
  return static_cast<std::size_t>(std::find_if(begin, ways_.end(), is_possible) - ways_.begin());
}

const event::LogSource* Recogniser::recognise(const event::RecordView& view, Memory& memory) const {
  const std::uint64_t there = view.key_mask();
  if (!memory.is_set_ || memory.keys_ != there) {
    memory.is_set_ = true;
    memory.keys_ = there;
    memory.first_ = first_possible(there, 0);
  }
  for (std::size_t way = memory.first_; way < ways_.size(); way = first_possible(there, way + 1)) {
    const auto& signs = ways_[way].signs;
    if (std::all_of(signs.begin(), signs.end(),
                    [&](const Sign& sign) { return bears(view, sign, memory.values_); })) {
      return ways_[way].source;
    }
  }
  return nullptr;
}

bool Recogniser::bears(const event::RecordView& view, const Sign& sign,
                       std::vector<event::RawValue>& values) {
  // A sign of one name that only has to be there: its bit has said so, unless it shares it.
  if (sign.values->empty() && sign.path.prefixes().size() == 1)
    return view.has(sign.path.prefixes()[0].key);
  values.clear();
  view.resolve(sign.path, values);
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
