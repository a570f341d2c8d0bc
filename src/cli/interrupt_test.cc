#include "cli/interrupt.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace nepho::cli {
namespace {

// Signals change the whole process, so each test runs in one of its own.

TEST(InterruptDeathTest, TheFirstSignalRaisesTheFlagOnly) {
  EXPECT_EXIT(
      {
        watch_signals();
        const bool before = stop_requested();
        ::raise(SIGINT);
        ::_exit(!before && stop_requested() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, TheSecondSignalKills) {
  EXPECT_EXIT(
      {
        watch_signals();
        ::raise(SIGINT);
        ::raise(SIGINT);
        ::_exit(0);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(InterruptDeathTest, WhenAllIsWrittenItDiesOfWhatItCaught) {
  EXPECT_EXIT(
      {
        watch_signals();
        ::raise(SIGTERM);
        die_of_caught_signal();
        ::_exit(0);
      },
      testing::KilledBySignal(SIGTERM), "");
}

TEST(InterruptDeathTest, WithoutASignalNobodyDies) {
  EXPECT_EXIT(
      {
        watch_signals();
        request_stop();
        die_of_caught_signal();
        ::_exit(stop_requested() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace nepho::cli
