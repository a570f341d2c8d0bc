#include "base/place.h"

#include <fmt/format.h>

#include "base/printable.h"

namespace nepho {

std::string to_string(const Place& place) {
  std::string text = printable(place.file, kMaxPathShown);
  if (place.line != 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
  if (place.line != 0 && place.column != 0) text += fmt::format(":{}", place.column);
  if (place.line == 0 && place.offset) text += fmt::format(" (byte {})", *place.offset);
  return text;
}

}  // namespace nepho
