// Goes to the end of a record that is too large to be held.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "stream/window.h"

namespace nepho::stream {

inline constexpr ErrorCode kEndlessRecord{"stream.endless_record"};

struct Passing {
  std::string_view file;       // its name, for messages
  std::size_t step_bytes = 0;  // read at once
  std::size_t most_bytes = 0;  // as Limits::max_passed_bytes
};

// Drops what the window has, and what its source gives, up to where the line, or the JSON value,
// that it begins in has ended. A record that goes on for more than `most_bytes` ends the window
// with kEndlessRecord: to find what stands behind it would cost more than any log is worth. Cost:
// what reading costs, some 0.2 ns a byte.
void pass_line(Window& window, const Passing& passing);
void pass_value(Window& window, const Passing& passing);

}  // namespace nepho::stream
