#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace nepho::cli {
namespace {

TEST(Arguments, KeepTheOrderTyped) {
  Arguments arguments;
  arguments.declare("--rules");
  EXPECT_FALSE(arguments.has("--rules"));
  arguments.add("--rules", "b");
  arguments.add("--rules", "a");
  EXPECT_EQ(arguments.values("--rules"), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(arguments.value("--rules"), "a");
}

TEST(ArgumentsDeathTest, AnUndeclaredNameIsADefect) {
  const Arguments arguments;
  EXPECT_EXIT((void)arguments.has("--rules"), testing::ExitedWithCode(70), "defect");
}

TEST(ParseCount, TakesWholeNumbersOnly) {
  EXPECT_EQ(parse_count("0"), 0U);
  EXPECT_EQ(parse_count("18446744073709551615"), 18446744073709551615U);
  for (const char* bad : {"", "-1", "+1", "1.5", "1x", " 1", "18446744073709551616"}) {
    EXPECT_EQ(parse_count(bad), std::nullopt) << bad;
  }
}

TEST(ParseDate, TakesADayOrASecondInUtc) {
  using namespace std::chrono_literals;
  const std::chrono::sys_days day = 2026y / 11 / 24;
  EXPECT_EQ(parse_date("2026-11-24"), std::chrono::sys_seconds(day));
  EXPECT_EQ(parse_date("2026-11-24T07:45:09Z"), std::chrono::sys_seconds(day) + 7h + 45min + 9s);
}

TEST(ParseDate, RefusesWhatIsNoDate) {
  for (const char* bad :
       {"", "2026", "2026-13-01", "2026-02-29", "2026/11/24", "1772359200", "2026-11-24T24:00:00Z",
        "2026-11-24T07:45:00+", "-026-11-24", "2026-1a-24"}) {
    EXPECT_EQ(parse_date(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace nepho::cli
