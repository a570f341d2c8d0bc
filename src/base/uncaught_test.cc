#include "base/uncaught.h"

#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>

namespace nepho {
namespace {

// Throws where nobody catches.
template <typename Thrown>
void die_of(const Thrown& thrown) {
  end_on_uncaught_exceptions();
  [&]() noexcept { throw thrown; }();
}

TEST(UncaughtDeathTest, ExceptionsEndTheProcessWithExitCode70AndTheirText) {
  EXPECT_EXIT(die_of(std::out_of_range("far outside")), testing::ExitedWithCode(70),
              "a defect of ours: far outside");
}

TEST(UncaughtDeathTest, WhateverIsThrownEndsItSo) {
  EXPECT_EXIT(die_of(7), testing::ExitedWithCode(70), "an exception of unknown type");
}

TEST(UncaughtDeathTest, TerminationWithoutAnExceptionEndsItSo) {
  EXPECT_EXIT(
      {
        end_on_uncaught_exceptions();
        std::terminate();
      },
      testing::ExitedWithCode(70), "terminated without an exception");
}

}  // namespace
}  // namespace nepho
