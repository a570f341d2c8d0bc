#include "plan/plain_runs.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>
#include <variant>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::plan {
namespace {

constexpr std::size_t kLane = 16;  // bytes compared at once

char small(char c) { return static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0)); }

// What a look at all bytes tells at once: without a way out of the loop the compiler takes many
// bytes a step, where memmem() with two letters takes one.
struct Glance {
  bool is_ascii = true;
  bool has_escape = false;
  bool has_del_or_u_escape = false;
};

Glance glance_at(std::string_view text) {
  unsigned char all = 0;
  unsigned char found = 0;
  unsigned char escapes = 0;
  const std::size_t size = text.size();
  for (std::size_t at = 0; at + 1 < size; ++at) {
    const char c = text[at];
    all |= static_cast<unsigned char>(c);
    escapes |= static_cast<unsigned char>(c == '\\' ? 1 : 0);
    found |= static_cast<unsigned char>((c == '\\' ? 1 : 0) & (text[at + 1] == 'u' ? 1 : 0));
    found |= static_cast<unsigned char>(c == '\x7F' ? 1 : 0);
  }
  if (size != 0) all |= static_cast<unsigned char>(text[size - 1]);
  return {.is_ascii = all < 0x80,
          .has_escape = escapes != 0 || text.ends_with('\\'),
          .has_del_or_u_escape = found != 0 || text.ends_with('\x7F')};
}

#if defined(__SSE2__)
// Where in the kLane places from `text` on both ends of `part` and its middle stand as they would
// in it, in whatever case: bit i for place i. So many bytes must be readable as `part` has, and
// kLane.
unsigned places_for(const char* text, std::string_view part) {
  // What else this makes alike is told apart where a place is compared.
  const __m128i small_letter = _mm_set1_epi8(0x20);
  const auto same = [&](std::size_t offset) {
    const __m128i there = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + offset));
    return _mm_cmpeq_epi8(_mm_or_si128(there, small_letter),
                          _mm_set1_epi8(static_cast<char>(part[offset] | 0x20)));
  };
  const __m128i ends = _mm_and_si128(same(0), same(part.size() - 1));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(ends, same(part.size() / 2))));
}
#endif

bool is_same(char letter, char small_letter) { return small(letter) == small_letter; }

// Whether `part`, which is in small letters and not empty, stands in the text in whatever case. Of
// sixteen places looked at together hardly any is left to be compared.
bool holds(std::string_view text, std::string_view part) {
#if defined(__SSE2__)
  if (text.size() >= part.size() + kLane) {
    const std::size_t last = text.size() - part.size() - kLane + 1;
    for (std::size_t at = 0;; at = std::min(at + kLane, last)) {
      for (unsigned places = places_for(text.data() + at, part); places != 0;
           places &= places - 1) {
        const char* const place = text.data() + at + std::countr_zero(places);
        if (std::equal(part.begin(), part.end(), place,
                       [](char wanted, char there) { return is_same(there, wanted); }))
          return true;
      }
      if (at == last) return false;
    }
  }
#endif
  return std::ranges::search(text, part, is_same).begin() != text.end();
}

// "\u" may write any letter. U+212A (Kelvin) and U+017F (long s) fold to "k" and "s", and are the
// only characters beyond ASCII that fold into it (CaseFolding.txt, status C and S). DEL and the C1
// controls (U+0080 to U+009F) are bytes in JSON and escapes in its compact text.
bool hides_letters(std::string_view json, const Glance& seen) {
  if (seen.has_del_or_u_escape || seen.is_ascii) return seen.has_del_or_u_escape;
  if (json.find("\xE2\x84\xAA") != json.npos || json.find("\xC5\xBF") != json.npos) return true;
  for (std::size_t at = json.find('\xC2'); at < json.size(); at = json.find('\xC2', at + 1)) {
    if (at + 1 < json.size() && static_cast<unsigned char>(json[at + 1]) < 0xA0) return true;
  }
  return false;
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

// What a string, key, number or literal holds without an escape, and what stands between them
// never does.
bool is_within(char c) {
  return c >= ' ' && c <= '~' && std::string_view("\"\\{}[],:").find(c) == std::string_view::npos;
}

// The runs of characters of a kind in all pieces of a pattern, in small letters, the longest first.
std::vector<std::string> runs_of(const text::WildcardPattern& pattern, bool (*is_kind)(char)) {
  std::vector<std::string> runs;
  for (const auto& piece : pattern.pieces()) {
    std::string run;
    for (const char c : piece.literal + '\0') {
      if (is_kind(small(c))) {
        run += small(c);
      } else if (!run.empty()) {
        runs.push_back(std::exchange(run, {}));
      }
    }
  }
  std::ranges::stable_sort(runs, std::greater{}, &std::string::size);
  return runs;
}

}  // namespace

void SearchedJson::append(std::string_view json) {
  text_ += json;
  text_ += '\n';  // no run goes across
}

void SearchedJson::settle() {
  const Glance seen = glance_at(text_);
  has_escapes_ = seen.has_escape;
  is_opaque_ = hides_letters(text_, seen);
}

PlainRuns::PlainRuns(const sigma::Item& item) : all_(item.all) {
  if (item.array) return;
  for (const sigma::Value& value : item.values) {
    const auto* text = std::get_if<sigma::TextValue>(&value);
    // A number equals others that are written otherwise.
    const bool has_runs = text != nullptr && !text->number;
    if (has_runs)
      runs_.push_back({runs_of(text->pattern, is_plain), runs_of(text->pattern, is_within)});
    if (!has_runs || runs_.back().unescaped.empty()) {
      runs_.clear();
      return;
    }
  }
}

bool PlainRuns::may_hold(const SearchedJson& json) const {
  if (runs_.empty() || json.is_opaque()) return true;
  const auto stand = [&json](const Runs& runs) {
    return std::ranges::all_of(json.has_escapes() ? runs.plain : runs.unescaped,
                               [&](const auto& run) { return holds(json.text(), run); });
  };
  return all_ ? std::ranges::all_of(runs_, stand) : std::ranges::any_of(runs_, stand);
}

}  // namespace nepho::plan
