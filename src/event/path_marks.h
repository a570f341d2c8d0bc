// Steps of a field path that are no keys: characters that no key of a record is likely to be
// written with, and none is taken for.
#pragma once

#include <string_view>

namespace nepho::event {

// Around a selector (event/pivot.h).
inline constexpr char kSelectorMark = '\x1E';  // RECORD SEPARATOR
// A step on its own, "policy.\x1D.Statement": at a string that is JSON text, what stands in it.
inline constexpr char kJsonMark = '\x1D';  // GROUP SEPARATOR
// The last step of a path, "methodName.\x1F0": at a text, what the log source's part with that
// number makes of it (event/field_part.h).
inline constexpr char kPartMark = '\x1F';  // UNIT SEPARATOR
inline constexpr std::string_view kMarks = "\x1E\x1D\x1F";

inline bool holds_selector(std::string_view path) { return path.find(kSelectorMark) != path.npos; }
inline bool holds_json_step(std::string_view path) { return path.find(kJsonMark) != path.npos; }
inline bool holds_part(std::string_view path) { return path.find(kPartMark) != path.npos; }
// The part of a path in front of the first such step, the dot between left out: keys only.
inline std::string_view keys_in_front(std::string_view path) {
  const std::size_t mark = path.find_first_of(kMarks);
  if (mark == path.npos) return path;
  return path.substr(0, mark == 0 ? 0 : mark - 1);
}
inline bool holds_mark(std::string_view text) { return text.find_first_of(kMarks) != text.npos; }

}  // namespace nepho::event
