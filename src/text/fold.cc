#include "text/fold.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/utf8.h"

namespace nepho::text {
namespace {

// Neighbouring code points that fold by the same distance: "A" to "Z" are one run, and so are the
// pairs of Latin Extended-A, where every other letter is a capital.
struct FoldRun {
  char32_t first;
  char32_t last;
  std::int32_t delta;
  std::uint32_t step;  // every code point of the run (1) or every other one (2)
};

constexpr FoldRun kFoldRuns[] = {
#include "text/case_folding_table.inc"
};

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

char32_t fold_case(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  const auto after =
      std::upper_bound(std::begin(kFoldRuns), std::end(kFoldRuns), c,
                       [](char32_t value, const FoldRun& run) { return value < run.first; });
  if (after == std::begin(kFoldRuns)) return c;
  const FoldRun& run = *std::prev(after);
  if (c > run.last || (c - run.first) % run.step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + run.delta);
}

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      folded += ascii_lower(text[0]);
      text.remove_prefix(1);
      continue;
    }
    const std::size_t size = utf8_sequence_length(text);
    if (size == 0) {
      folded += text[0];
    } else {
      append_utf8(fold_case(first_code_point(text).value), folded);
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return folded;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const bool ascii = ((a[0] | b[0]) & 0x80) == 0;
    if (ascii) {
      if (ascii_lower(a[0]) != ascii_lower(b[0])) return false;
      a.remove_prefix(1);
      b.remove_prefix(1);
      continue;
    }
    const CodePoint x = first_code_point(a);
    const CodePoint y = first_code_point(b);
    if (fold_case(x.value) != fold_case(y.value)) return false;
    a.remove_prefix(x.size);
    b.remove_prefix(y.size);
  }
  return a.empty() && b.empty();
}

}  // namespace nepho::text
