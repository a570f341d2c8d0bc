// A stretch of 64 bytes is told by bit masks where it holds no escape and cannot hold the end:
// where strings are then follows from the quotes alone. The others are read byte by byte.
#include "stream/value_passer.h"

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::stream {
namespace {

constexpr std::size_t kStride = 64;

// What stands where in kStride bytes: bit n for byte n.
struct Marks {
  std::uint64_t quotes = 0;
  std::uint64_t escapes = 0;
  std::uint64_t line_ends = 0;
  std::uint64_t openings = 0;
  std::uint64_t closings = 0;
};

#if defined(__SSE2__)
Marks marks_of(const char* bytes) {
  Marks marks;
  for (std::size_t i = 0; i < kStride; i += 16) {
    const __m128i read = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const auto where = [i](__m128i text, char c) {
      const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8(c)));
      return static_cast<std::uint64_t>(static_cast<unsigned>(found)) << i;
    };
    // '[' and '{' differ by one bit, and so do ']' and '}'.
    const __m128i large = _mm_and_si128(read, _mm_set1_epi8(~0x20));
    marks.quotes |= where(read, '"');
    marks.escapes |= where(read, '\\');
    marks.line_ends |= where(read, '\n');
    marks.openings |= where(large, '[');
    marks.closings |= where(large, ']');
  }
  return marks;
}
#else
Marks marks_of(const char* bytes) {
  Marks marks;
  for (std::size_t i = 0; i < kStride; ++i) {
    const char c = bytes[i];
    marks.quotes |= std::uint64_t{c == '"'} << i;
    marks.escapes |= std::uint64_t{c == '\\'} << i;
    marks.line_ends |= std::uint64_t{c == '\n'} << i;
    marks.openings |= std::uint64_t{c == '[' || c == '{'} << i;
    marks.closings |= std::uint64_t{c == ']' || c == '}'} << i;
  }
  return marks;
}
#endif

// Bit n is set when an odd number of bits up to n is.
std::uint64_t odd_up_to(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace

std::size_t ValuePasser::pass(std::string_view piece) {
  std::size_t at = 0;
  while (at < piece.size() && !has_ended_) {
    const std::string_view stride = piece.substr(at, kStride);
    at += stride.size() == kStride && pass_stride(stride.data()) ? kStride : pass_bytes(stride);
  }
  return at;
}

// False where kStride bytes may hold an escape, a string cut off by a line end, or the value's end:
// then nothing has changed.
bool ValuePasser::pass_stride(const char* bytes) {
  const Marks marks = marks_of(bytes);
  if (escaped_ || marks.escapes != 0) return false;
  const std::uint64_t in_string = odd_up_to(marks.quotes) ^ (in_string_ ? ~std::uint64_t{0} : 0);
  if ((marks.line_ends & in_string) != 0) return false;
  const auto num_closings = static_cast<std::size_t>(std::popcount(marks.closings & ~in_string));
  if (depth_ <= num_closings) return false;
  depth_ += static_cast<std::size_t>(std::popcount(marks.openings & ~in_string)) - num_closings;
  in_string_ = (in_string >> 63U) != 0;
  return true;
}

std::size_t ValuePasser::pass_bytes(std::string_view bytes) {
  std::size_t at = 0;
  for (; at < bytes.size() && !has_ended_; ++at) {
    const char c = bytes[at];
    if (in_string_) {
      in_string_ = c != '\n' && (c != '"' || escaped_);
      escaped_ = c == '\\' && !escaped_;
      has_ended_ = !in_string_ && depth_ == 0;
    } else if (c == '"') {
      in_string_ = true;
      escaped_ = false;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if ((c == '}' || c == ']') && depth_ > 0) {
      has_ended_ = --depth_ == 0;
    }
  }
  return at;
}

}  // namespace nepho::stream
