// A short text kept to be compared with many others.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::text {

inline constexpr std::size_t kShortTextBytes = 32;

// Whether the first `size` (at most 32) bytes are the same, where 32 may be read of both.
inline bool same_start(const char* a, const char* b, std::size_t size) {
#if defined(__SSE2__)
  const auto same_at = [&](std::size_t offset) {
    const __m128i ours = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + offset));
    const __m128i theirs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + offset));
    return static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(ours, theirs)));
  };
  const std::uint64_t same = same_at(0) | same_at(16) << 16U;
  const std::uint64_t wanted = (std::uint64_t{1} << size) - 1;
  return (same & wanted) == wanted;
#else
  return std::memcmp(a, b, size) == 0;
#endif
}

// A hash whose upper bits depend on all bits of both.
inline std::uint64_t hash_with(std::uint64_t hash, std::uint64_t with) {
  return (std::rotl(hash, 29) ^ with) * 0x9E3779B97F4A7C15U;  // of the golden ratio
}
// Of both ends of a text and its length, which tells most names apart; by its upper bits. Eight
// bytes from the beginning of `text` on must be readable.
inline std::uint64_t hash_of_padded(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::memcpy(&begin, text.data(), sizeof(begin));
  if (text.size() >= sizeof(end)) {
    std::memcpy(&end, text.data() + text.size() - sizeof(end), sizeof(end));
  } else if constexpr (std::endian::native == std::endian::little) {
    begin &= (std::uint64_t{1} << (8 * text.size())) - 1;
  } else {
    begin = 0;
    std::memcpy(&begin, text.data(), text.size());
  }
  return hash_with(seed, begin ^ std::rotl(end, 23) ^ text.size());
}

// A text of at most kMost bytes. Begins as no text at all, which equals none, not even the empty
// one. A comparison of no more than 32 bytes costs no call.
template <std::size_t kMost>
class KeptText {
 public:
  // Keeps a copy; nothing when the text is too long.
  void assign(std::string_view text) {
    size_ = kNone;
    if (text.size() > bytes_.size()) return;
    std::memcpy(bytes_.data(), text.data(), text.size());
    size_ = text.size();
  }

  // 32 bytes from the beginning of `text` on must be readable.
  bool equals_padded(std::string_view text) const {
    if (text.size() != size_) return false;
    if constexpr (kMost > kShortTextBytes) {
      if (size_ > kShortTextBytes) return std::memcmp(bytes_.data(), text.data(), size_) == 0;
    }
    return same_start(bytes_.data(), text.data(), size_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::array<char, kMost> bytes_{};
  std::size_t size_ = kNone;
};

using ShortText = KeptText<kShortTextBytes>;

// As long as what clouds call an operation ("google.iam.admin.v1.CreateServiceAccountKey",
// "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE").
inline constexpr std::size_t kNameTextBytes = 64;
using NameText = KeptText<kNameTextBytes>;

}  // namespace nepho::text
