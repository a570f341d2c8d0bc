#include "base/check.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(CheckDeathTest, EndsTheProcessWithExitCode70AndNamesTheCondition) {
  EXPECT_EXIT(CHECK(1 + 1 == 3), testing::ExitedWithCode(70), "check_test.cc:.*1 \\+ 1 == 3");
}

TEST(Check, EvaluatesItsConditionOnce) {
  int times = 0;
  CHECK(++times == 1);
  EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace nepho
