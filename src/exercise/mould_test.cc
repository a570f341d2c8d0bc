#include "exercise/mould.h"

#include <gtest/gtest.h>

#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using std::chrono::days;

const Instant kTime = text::parse_timestamp("2026-03-01T10:00:00Z")->time;

std::string filled(const Mould& mould, std::uint64_t seed, days later = days(0)) {
  std::string out;
  EXPECT_TRUE(mould.fill(Random(seed), later, out));
  return out;
}

TEST(Mould, PutsInWhatTheFunctionsMakeInTheOrderOfTheirCalls) {
  // The second hole stands first, and twice; the first stands nowhere, and is drawn all the same.
  const Mould mould("<" + Mould::mark(1) + "|" + Mould::mark(2) + "|" + Mould::mark(1) + ">",
                    {{"hex", "8", {}}, {"hex", "4", {}}, {"time", "+1h", kTime}});
  Random random(7);
  random.letters("0123456789abcdef", 8);
  const std::string second = random.letters("0123456789abcdef", 4);
  EXPECT_EQ(filled(mould, 7), "<" + second + "|2026-03-01T11:00:00Z|" + second + ">");
}

TEST(Mould, MovesPointsInTimeAndDrawsAnew) {
  const Mould mould(Mould::mark(0) + " " + Mould::mark(1), {{"day", "", kTime}, {"uuid", "", {}}});
  EXPECT_TRUE(filled(mould, 1, days(-2)).starts_with("2026-02-27 "));
  EXPECT_NE(filled(mould, 1), filled(mould, 2));
  EXPECT_EQ(filled(mould, 1), filled(mould, 1));
}

TEST(Mould, LeavesATextThatOnlyLooksLikeAMark) {
  const std::string mark = Mould::mark(5);
  EXPECT_EQ(filled(Mould(mark + mark.substr(0, 9), {}), 1), mark + mark.substr(0, 9));
  EXPECT_EQ(filled(Mould("", {}), 1), "");
  // Of a hole that is not there, by one.
  EXPECT_EQ(filled(Mould(Mould::mark(1), {{"hex", "8", {}}}), 1), Mould::mark(1));
}

TEST(Mould, FailsAsTheFunctionDoes) {
  std::string out;
  EXPECT_FALSE(Mould(Mould::mark(0), {{"hex", "0", {}}}).fill(Random(1), days(0), out));
}

}  // namespace
}  // namespace nepho::exercise
