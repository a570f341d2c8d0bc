// What a part made of the texts that came last.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "event/field_part.h"
#include "text/short_text.h"

namespace nepho::event {

// What a part makes of a scalar, as a string would stand in a record: with escapes where it needs
// them, and with text::kShortTextBytes behind it for those who compare so many at once.
struct PartText {
  std::string padded;

  std::string_view text() const {
    return std::string_view(padded).substr(0, padded.size() - text::kShortTextBytes);
  }
};
// `raw` is the scalar as it stands in its record, of a string what is between the quotes.
std::optional<PartText> part_of(std::string_view raw, const FieldPart& part);

// The memory of one place where records have a part of a text: a part is a regular expression, a
// look-up or both, and the texts at one place of a log repeat themselves. One owner, no threads;
// bounded. Cost: a hash and a comparison for a text that came lately.
class PartMemory {
 public:
  // As part_of(), with the same part every time; good until the next call. 32 bytes from the
  // beginning of `raw` on must be readable.
  std::optional<std::string_view> part_of(std::string_view raw, const FieldPart& part);

 private:
  static constexpr std::size_t kPlacesBits = 3;  // a guess
  // As long as the types of Microsoft Graph.
  static constexpr std::size_t kMostBytes = 128;
  struct Made {
    text::KeptText<kMostBytes> raw;
    std::optional<PartText> part;
  };
  std::array<Made, std::size_t{1} << kPlacesBits> latest_;  // by hash
};

}  // namespace nepho::event
