#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace nepho {
namespace {

constexpr ErrorCode kOdd{"test.odd"};
constexpr ErrorCode kTooBig{"test.too_big"};

Result<int> half(int number) {
  if (number % 2 != 0) return fail(kOdd, "expected an even number", Place{.line = 1});
  return number / 2;
}

TEST(Result, ChainsWhileThereIsAValue) {
  const auto quarter = half(12).and_then(half);
  ASSERT_TRUE(quarter);
  EXPECT_EQ(*quarter, 3);
}

TEST(Result, PassesTheFirstErrorThrough) {
  int calls = 0;
  const auto result = half(7).and_then([&](int) -> Result<std::string> {
    ++calls;
    return fail(kTooBig, "not reached");
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kOdd);
  EXPECT_EQ(result.error().place.line, 1U);
  EXPECT_EQ(calls, 0);
}

TEST(Result, TransformsItsValueToAnotherType) {
  const auto text = half(8).transform([](int number) { return std::to_string(number); });
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "4");
}

TEST(Result, MovesAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> owned = std::make_unique<int>(5);
  const auto number =
      std::move(owned).transform([](std::unique_ptr<int> held) { return *held + 1; });
  EXPECT_EQ(*number, 6);
}

TEST(Error, ReadsAsPlaceCodeMessageAndHint) {
  const Error error(kOdd, "expected an even number, came: 7",
                    Place{.file = "a.yml", .line = 2, .column = 3}, "try 8");
  EXPECT_EQ(to_string(error),
            "a.yml:2:3: error[test.odd]: expected an even number, came: 7\n   try 8");
}

TEST(Error, CodesAreEqualByName) {
  EXPECT_EQ(ErrorCode{"test.odd"}, kOdd);
  EXPECT_NE(kTooBig, kOdd);
}

}  // namespace
}  // namespace nepho
