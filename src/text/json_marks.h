// The bytes of a JSON string that mean more than themselves.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::text {

// Where the first quote or backslash stands in `text` from `at` on; text.size() where none does.
// Sixteen bytes at once and without a call, since in strings that pack JSON the next one is mostly
// a few bytes away. O(size).
inline std::size_t find_quote_or_backslash(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const auto places = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (places != 0) return at + static_cast<std::size_t>(std::countr_zero(places));
  }
#endif
  while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
  return std::min(at, text.size());
}

// Bit n: a backslash is the byte n of the 64 at `text`.
inline std::uint64_t backslashes_in_64(const char* text) {
  std::uint64_t found = 0;
#if defined(__SSE2__)
  for (unsigned i = 0; i < 64; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
    const auto places =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    found |= std::uint64_t{places} << i;
  }
#else
  for (unsigned i = 0; i < 64; ++i) found |= std::uint64_t{text[i] == '\\'} << i;
#endif
  return found;
}

// What an escape of two bytes stands for, by its second; 0 where it is none (RFC 8259 section 7).
inline constexpr std::array<char, 256> kShortEscapes = [] {
  std::array<char, 256> all{};
  for (const char c : {'"', '\\', '/'}) all[static_cast<unsigned char>(c)] = c;
  all['b'] = '\b';
  all['f'] = '\f';
  all['n'] = '\n';
  all['r'] = '\r';
  all['t'] = '\t';
  return all;
}();
inline char short_escape(char second) { return kShortEscapes[static_cast<unsigned char>(second)]; }

}  // namespace nepho::text
