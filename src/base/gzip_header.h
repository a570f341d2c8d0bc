// The header of a gzip member.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nepho {

// What stands before the deflated data of a member (RFC 1952 section 2.3): ten bytes and, as its
// flags say, an extra field, a file's name, a comment and a checksum over the header.
struct GzipHeader {
  enum class State : std::uint8_t {
    kWhole,
    kCutOff,   // more bytes are needed to tell
    kCorrupt,  // no gzip, a reserved flag, or the checksum is wrong
  };
  State state = State::kCutOff;
  std::size_t size = 0;  // in bytes, when it is whole
};

// Of the member that `bytes` begin with. O(size of the header).
GzipHeader read_gzip_header(std::string_view bytes);

}  // namespace nepho
