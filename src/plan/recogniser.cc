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

const event::LogSource* Recogniser::recognise(const event::RecordView& view,
                                              std::vector<event::RawValue>& scratch) const {
  const std::uint64_t there = view.key_mask();
  for (const Way& way : ways_) {
    const bool possible = std::all_of(way.signs.begin(), way.signs.end(),
                                      [&](const Sign& sign) { return (sign.keys & there) != 0; });
    if (possible && std::all_of(way.signs.begin(), way.signs.end(),
                                [&](const Sign& sign) { return bears(view, sign, scratch); })) {
      return way.source;
    }
  }
  return nullptr;
}

bool Recogniser::bears(const event::RecordView& view, const Sign& sign,
                       std::vector<event::RawValue>& scratch) {
  // A sign of one name that only has to be there: its bit has said so, unless it shares it.
  if (sign.values->empty() && sign.path.prefixes().size() == 1)
    return view.has(sign.path.prefixes()[0].key);
  scratch.clear();
  view.resolve(sign.path, scratch);
  if (sign.values->empty()) return !scratch.empty();
  return std::any_of(scratch.begin(), scratch.end(), [&](const event::RawValue& value) {
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
