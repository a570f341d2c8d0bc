// Where something stands in the outside world: a line of a rule file, a record of a log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace nepho {

// A position in a file. `line` and `column` are 1-based and 0 when not known; `column` counts
// bytes. `offset` is the 0-based byte offset in the uncompressed data, where it is known.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::optional<std::uint64_t> offset;

  bool operator==(const Place&) const = default;
};

// "file:line:column", leaving out what is not known; empty for an unknown place. The file name is
// untrusted (it may come from an archive): control bytes are shown as \xNN.
std::string to_string(const Place& place);

}  // namespace nepho
