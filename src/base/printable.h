// Text from outside, made safe for a terminal or a log line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nepho {

// Longest untrusted text shown in a message; a guess at what a reader still reads on one line.
inline constexpr std::size_t kMaxTextShown = 160;
inline constexpr std::size_t kMaxPathShown = 4096;

// `text` with control bytes, DEL, invalid UTF-8 and the Unicode characters that reorder or hide
// text (bidi controls, zero-width, line separators) written as \xNN or \u{N}, cut to `max_bytes`
// with "..." at the end. The result never holds a line end or an escape sequence. O(n).
std::string printable(std::string_view text, std::size_t max_bytes = kMaxTextShown);

// What every message uses for text written by others: printable(), bounded.
inline std::string escape_for_log(std::string_view text) { return printable(text); }

}  // namespace nepho
