#include "plan/plain_runs.h"

#include <algorithm>
#include <bit>
#include <cstring>
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
  bool has_del_or_u_escape = false;
};

Glance glance_at(std::string_view text) {
  unsigned char all = 0;
  unsigned char found = 0;
  const std::size_t size = text.size();
  for (std::size_t at = 0; at + 1 < size; ++at) {
    const char c = text[at];
    all |= static_cast<unsigned char>(c);
    found |= static_cast<unsigned char>((c == '\\' ? 1 : 0) & (text[at + 1] == 'u' ? 1 : 0));
    found |= static_cast<unsigned char>(c == '\x7F' ? 1 : 0);
  }
  if (size != 0) all |= static_cast<unsigned char>(text[size - 1]);
  return {all < 0x80, found != 0 || text.ends_with('\x7F')};
}

#if defined(__SSE2__)
// Where in the kLane places from `text` on both ends of `part` and its middle stand as they would
// in it: bit i for place i. So many bytes must be readable as `part` has, and kLane.
unsigned places_for(const char* text, std::string_view part) {
  const auto same = [&](std::size_t offset) {
    const __m128i there = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + offset));
    return _mm_cmpeq_epi8(there, _mm_set1_epi8(part[offset]));
  };
  const __m128i ends = _mm_and_si128(same(0), same(part.size() - 1));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(ends, same(part.size() / 2))));
}
#endif

// Whether `part`, which is not empty, stands in the text. memmem() takes a byte a step; of sixteen
// places looked at together hardly any is left to be compared.
bool holds(std::string_view text, std::string_view part) {
#if defined(__SSE2__)
  if (text.size() >= part.size() + kLane) {
    const std::size_t last = text.size() - part.size() - kLane + 1;
    for (std::size_t at = 0;; at = std::min(at + kLane, last)) {
      for (unsigned places = places_for(text.data() + at, part); places != 0;
           places &= places - 1) {
        const auto place = at + static_cast<std::size_t>(std::countr_zero(places));
        if (text.compare(place, part.size(), part) == 0) return true;
      }
      if (at == last) return false;
    }
  }
#endif
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

// "\u" may write any letter. U+212A (Kelvin) and U+017F (long s) fold to "k" and "s", and are the
// only characters beyond ASCII that fold into it (CaseFolding.txt, status C and S). DEL and the C1
// controls (U+0080 to U+009F) are bytes in JSON and escapes in its compact text.
bool hides_letters(std::string_view json) {
  const Glance seen = glance_at(json);
  if (seen.has_del_or_u_escape || seen.is_ascii) return seen.has_del_or_u_escape;
  if (holds(json, "\xE2\x84\xAA") || holds(json, "\xC5\xBF")) return true;
  for (std::size_t at = json.find('\xC2'); at < json.size(); at = json.find('\xC2', at + 1)) {
    if (at + 1 < json.size() && static_cast<unsigned char>(json[at + 1]) < 0xA0) return true;
  }
  return false;
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

// The longest run of plain characters in a text, in small letters.
std::string plain_run(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(), small);
  std::string_view best;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= folded.size(); ++at) {
    if (at < folded.size() && is_plain(folded[at])) continue;
    if (at - begin > best.size()) best = std::string_view(folded).substr(begin, at - begin);
    begin = at + 1;
  }
  return std::string(best);
}

std::string plain_run(const text::WildcardPattern& pattern) {
  std::string best;
  for (const auto& piece : pattern.pieces()) {
    std::string run = plain_run(piece.literal);
    if (run.size() > best.size()) best = std::move(run);
  }
  return best;
}

}  // namespace

void SmallLetters::append(std::string_view json) {
  const std::size_t before = text_.size();
  text_.resize(before + json.size());
  std::transform(json.begin(), json.end(), text_.begin() + static_cast<std::ptrdiff_t>(before),
                 small);
  text_ += '\n';  // no run goes across
}

void SmallLetters::settle() { is_opaque_ = hides_letters(text_); }

PlainRuns::PlainRuns(const sigma::Item& item) : all_(item.all) {
  if (item.array) return;
  for (const sigma::Value& value : item.values) {
    const auto* text = std::get_if<sigma::TextValue>(&value);
    // A number equals others that are written otherwise.
    std::string run = text == nullptr || text->number ? "" : plain_run(text->pattern);
    if (run.empty()) {
      runs_.clear();
      return;
    }
    runs_.push_back(std::move(run));
  }
}

bool PlainRuns::may_hold(const SmallLetters& json) const {
  if (runs_.empty() || json.is_opaque()) return true;
  const auto stands = [&json](const std::string& run) { return holds(json.text(), run); };
  return all_ ? std::ranges::all_of(runs_, stands) : std::ranges::any_of(runs_, stands);
}

}  // namespace nepho::plan
