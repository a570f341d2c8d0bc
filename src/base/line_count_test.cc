#include "base/line_count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace nepho {
namespace {

std::uint64_t one_by_one(std::string_view text) {
  return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

// Lanes of a byte each would pass 255 after as many runs of 64 bytes, were they not emptied in
// time.
TEST(LineCount, OfNothingButLineEndsIsTheirNumber) {
  for (const std::size_t size :
       {0U, 1U, 63U, 64U, 65U, 64U * 255, 64U * 255 + 1, 64U * 256, 1'000'000U}) {
    EXPECT_EQ(count_line_ends(std::string(size, '\n')), size);
  }
}

TEST(LineCount, AgreesWithCountingOneByOneWhereverATextBegins) {
  std::mt19937 random(20261128);
  std::string text(50'000, 'x');
  for (char& c : text) {
    if (random() % 7 == 0) c = static_cast<char>(random());
    if (random() % 5 == 0) c = '\n';
  }
  for (int round = 0; round < 200; ++round) {
    const std::size_t begin = random() % text.size();
    const std::string_view part = std::string_view(text).substr(begin, random() % text.size());
    EXPECT_EQ(count_line_ends(part), one_by_one(part)) << begin << '+' << part.size();
  }
}

}  // namespace
}  // namespace nepho
