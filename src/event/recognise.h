// Which log source a record belongs to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "event/log_source.h"
#include "text/json.h"

namespace nepho::event {

// Whether a value's text is one that a sign names: the same, or with a '*' at an end of `wanted` a
// part of it. In sight of its callers, who ask it some ten times a record.
inline bool is_wanted(std::string_view text, std::string_view wanted) {
  if (wanted.starts_with('*')) return text.ends_with(wanted.substr(1));
  if (wanted.ends_with('*')) return text.starts_with(wanted.substr(0, wanted.size() - 1));
  return text == wanted;
}

// Whether `record` bears the sign: one of the values at its path (event/field_path.h) is one of
// those wanted, or, when none are named, the path is there.
bool bears(const text::JsonValue& record, const Sign& sign);

// One way in which one source is known, with how much it says.
struct Recognition {
  const LogSource* source = nullptr;
  const std::vector<Sign>* signs = nullptr;  // all must hold
  std::size_t weight = 0;                    // of a sign: 2 when it names values, else 1; summed
  // A bit for each key that its paths begin with: a record that lacks one is not looked at further.
  std::uint64_t first_keys = 0;
};

// Every group of signs of every source, in the order in which they are tried: the heaviest first
// (the more specific wins), equals in the order of their sources' ids. A compiled recogniser gives,
// for each record, the first of these that holds. Views into `sources`.
std::vector<Recognition> recognition_order(const LogSources& sources);

// The source of the first recognition that holds for `record`, or nullptr: generic, or a wrapping
// around other records (event/envelope.h). This is the definition; the event path has its own way
// and is held against it.
const LogSource* recognise(const text::JsonValue& record, const std::vector<Recognition>& order);

}  // namespace nepho::event
