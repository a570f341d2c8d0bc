// A key of an object as it stands between its quotes.
#pragma once

#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::event {

// Whether it may be written with escapes. 16 bytes from its start on must be readable, as they are
// in a text with the padding of an index.
inline bool holds_backslash(std::string_view key) {
#if defined(__SSE2__)
  if (key.size() <= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key.data()));
    const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (static_cast<unsigned>(found) & ((1U << key.size()) - 1)) != 0;
  }
#endif
  return key.find('\\') != std::string_view::npos;
}

// Whether `raw_key` is `path` or a dotted prefix of it; `rest` is what remains of the path. A key
// that holds a mark (path_marks.h) is none.
bool key_takes(std::string_view raw_key, std::string_view path, std::string_view& rest);

}  // namespace nepho::event
