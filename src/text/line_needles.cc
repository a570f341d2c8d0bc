// With AVX-512, 64 bytes at a time: a name may begin where its two rarest letters stand at their
// places, the bit for small letters set in both. That leaves so few places that each is then looked
// at byte by byte.
#include "text/line_needles.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace nepho::text {
namespace {

using Hit = LineNeedles::Hit;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char small(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

bool is_at(std::string_view text, std::size_t position, const std::string& needle) {
  if (text.size() - position < needle.size()) return false;
  return std::equal(needle.begin(), needle.end(), text.data() + position,
                    [](char ours, char theirs) { return ours == small(theirs); });
}

// The letters from the most to the least frequent; roughly as in English, which is what names in
// logs are made of. A guess that only decides on speed.
constexpr std::string_view kByFrequency = "etaoinsrcldumphgfbyvwkxqjz";

std::size_t rarity(char c) {
  return kByFrequency.find(c) == std::string_view::npos ? 0 : 1 + kByFrequency.find(c);
}

}  // namespace

// Letters at both ends: so there are two of them, in which the bit for small letters may be set.
bool LineNeedles::takes(std::string_view name) {
  return name.size() >= 2 && name.size() <= kMostBytes && is_letter(name.front()) &&
         is_letter(name.back()) && std::all_of(name.begin(), name.end(), is_ascii);
}

LineNeedles::LineNeedles(const std::vector<std::string>& names) {
  CHECK(!names.empty() && names.size() <= kMost);
  for (const std::string& name : names) {
    CHECK(takes(name));
    Needle needle{name};
    std::transform(name.begin(), name.end(), needle.text.begin(), small);
    find_rare_letters(needle);
    needles_.push_back(std::move(needle));
  }
  put_side_by_side();
}

// Those that share their rarest letter, as "eventName" and "Event name" do.
void LineNeedles::put_side_by_side() {
  const auto rare = [](const Needle& needle) {
    return std::pair(needle.rare, needle.text[needle.rare]);
  };
  std::ranges::stable_sort(needles_, {}, rare);
  for (std::size_t i = 1; i < needles_.size(); ++i)
    needles_[i].shares_rare = rare(needles_[i]) == rare(needles_[i - 1]);
}

void LineNeedles::find_rare_letters(Needle& needle) {
  const std::string& text = needle.text;
  needle.rare = 0;
  needle.second = text.size() - 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (rarity(text[at]) > rarity(text[needle.rare])) needle.rare = at;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_rarer = rarity(text[at]) > rarity(text[needle.second]);
    if (at != needle.rare && (needle.second == needle.rare || is_rarer)) needle.second = at;
  }
}

// What begins with the byte at `position`.
void LineNeedles::add_byte(std::string_view text, std::size_t position,
                           std::vector<Hit>& hits) const {
  const char byte = text[position];
  if (byte == '\n') {
    hits.push_back({position, 1, Hit::Kind::kLineEnd});
  } else if (byte == '\\') {
    if (text.substr(position + 1).starts_with('u'))
      hits.push_back({position, 2, Hit::Kind::kUnicodeEscape});
  } else {
    for (const Needle& needle : needles_) {
      if (!is_at(text, position, needle.text)) continue;
      const auto size = static_cast<std::uint32_t>(needle.text.size());
      hits.push_back({position, size, Hit::Kind::kName});
    }
  }
}

void LineNeedles::find_plain(std::string_view text, std::vector<Hit>& hits) const {
  hits.clear();
  for (std::size_t at = 0; at < text.size(); ++at) add_byte(text, at, hits);
}

#if defined(__x86_64__)
// The part of the text that can be read 64 bytes at a time, a name beyond them included. Returns
// its length. By number of names, so that what is looked for stays in registers.
template <std::size_t kNeedles>
__attribute__((target("avx512bw"))) std::size_t LineNeedles::find_avx512(
    std::string_view text, std::vector<Hit>& hits) const {
  constexpr std::size_t kBytes = 64;
  const __m512i small_bit = _mm512_set1_epi8(0x20);
  __m512i rare[kNeedles];  // of each name the letter, 64 times
  __m512i second[kNeedles];
  std::size_t rare_at[kNeedles];
  std::size_t second_at[kNeedles];
  bool shares_rare[kNeedles];
  for (std::size_t i = 0; i < kNeedles; ++i) {
    const Needle& needle = needles_[i];
    rare[i] = _mm512_set1_epi8(needle.text[needle.rare]);
    second[i] = _mm512_set1_epi8(needle.text[needle.second]);
    rare_at[i] = needle.rare;
    second_at[i] = needle.second;
    shares_rare[i] = needle.shares_rare;
  }
  std::size_t at = 0;
  for (; at + kBytes + kMostBytes <= text.size(); at += kBytes) {
    const char* const bytes = text.data() + at;
    const __m512i here = _mm512_loadu_si512(bytes);
    std::uint64_t found = _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('\n')) |
                          _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('\\'));
    std::uint64_t at_rare = 0;
    for (std::size_t i = 0; i < kNeedles; ++i) {
      if (!shares_rare[i]) {
        const __m512i first = _mm512_loadu_si512(bytes + rare_at[i]);
        at_rare = _mm512_cmpeq_epi8_mask(_mm512_or_si512(first, small_bit), rare[i]);
      }
      const __m512i other = _mm512_loadu_si512(bytes + second_at[i]);
      found |= at_rare & _mm512_cmpeq_epi8_mask(_mm512_or_si512(other, small_bit), second[i]);
    }
    for (; found != 0; found &= found - 1) {
      add_byte(text, at + static_cast<std::size_t>(std::countr_zero(found)), hits);
    }
  }
  return at;
}

std::size_t LineNeedles::find_avx512(std::string_view text, std::vector<Hit>& hits) const {
  static_assert(kMost == 4, "a case for each number of names");
  switch (needles_.size()) {
    case 1: return find_avx512<1>(text, hits);
    case 2: return find_avx512<2>(text, hits);
    case 3: return find_avx512<3>(text, hits);
    default: return find_avx512<kMost>(text, hits);
  }
}
#endif

bool LineNeedles::is_quick() {
#if defined(__x86_64__)
  static const bool has_avx512 = __builtin_cpu_supports("avx512bw") != 0;
  return has_avx512;
#else
  return false;
#endif
}

void LineNeedles::find(std::string_view text, std::vector<Hit>& hits) const {
  hits.clear();
  std::size_t at = 0;
#if defined(__x86_64__)
  if (is_quick()) at = find_avx512(text, hits);
#endif
  for (; at < text.size(); ++at) add_byte(text, at, hits);
}

}  // namespace nepho::text
