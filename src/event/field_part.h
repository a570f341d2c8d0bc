// A field that a record has only as a part of another, or in other words.
#pragma once

#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "event/path_marks.h"
#include "text/regex.h"

namespace nepho::event {

// Of "io.k8s.core.v1.pods.create" the verb is "create"; of Google's status 7 the HTTP code is 403.
// A value is a string, whatever was written in the record. Immutable, and where a path leads
// through it, outlives the path.
struct FieldPart {
  std::string name;  // "verb": how rules call it
  std::string of;    // the field whose text it is a part of
  // What it takes out of the text; without one the whole.
  std::optional<text::CapturingRegex> pattern;
  // What stands for what was taken out; a text that is not among them is no value. Empty: itself.
  std::map<std::string, std::string, std::less<>> values;

  // The value that `text` stands for; a view into `text` or of this.
  std::optional<std::string_view> taken_from(std::string_view text) const;
};

// In a path a part stands behind the field that it is of, as kPartMark and its number among those
// of the log source: the path with the mark, and the number that a step behind it says.
inline std::string path_to_part(std::string_view of, std::size_t number) {
  return std::string(of) + '.' + kPartMark + std::to_string(number);
}
// The part that the step `rest` (beginning with kPartMark) names, or nullptr.
inline const FieldPart* part_named(std::string_view rest, std::span<const FieldPart> parts) {
  std::size_t number = parts.size();
  const char* const end = rest.data() + rest.size();
  if (rest.size() < 2 || std::from_chars(rest.data() + 1, end, number).ptr != end) return nullptr;
  return number < parts.size() ? &parts[number] : nullptr;
}

}  // namespace nepho::event
