#include "stream/too_large.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::stream {
namespace {

// What is left of `text`, read `step` bytes at a time, when its first record has been passed over.
struct Left {
  std::string bytes;
  std::uint64_t line = 0;
  std::string error;
};

Left left_behind(void (*pass)(Window&, const Passing&), std::string_view text, std::size_t step,
                 std::size_t most_bytes = 1000) {
  Window window;
  window.open(memory_source(text, step));
  window.fill(step);
  pass(window, {"a.json", step, most_bytes});
  const Left left{.bytes = "",
                  .line = window.line(),
                  .error = window.error() ? std::string(window.error()->code.name()) : ""};
  window.fill(text.size());
  return {std::string(window.bytes()), left.line, left.error};
}

TEST(TooLarge, ALineIsPassedWithItsEndHoweverItIsCut) {
  for (const std::size_t step : {1U, 3U, 8U, 100U}) {
    const Left left = left_behind(pass_line, "a long line\nb\n", step);
    EXPECT_EQ(left.bytes, "b\n") << step;
    EXPECT_EQ(left.line, 2U) << step;
    EXPECT_EQ(left.error, "") << step;
    EXPECT_EQ(left_behind(pass_line, "no end", step).bytes, "") << step;
  }
}

TEST(TooLarge, AValueIsPassedToItsOwnBracket) {
  for (const std::size_t step : {1U, 3U, 8U, 100U}) {
    EXPECT_EQ(left_behind(pass_value, R"({"a":["}",{}]},{"b":1})", step).bytes, R"(,{"b":1})");
    EXPECT_EQ(left_behind(pass_value, R"({"a":[)", step).bytes, "");
  }
}

TEST(TooLarge, NoMoreIsPassedThanTheBound) {
  const std::string_view text = "xxxxxxxxxxxxxxxxxxxx\nb";  // the line end is byte 20
  EXPECT_EQ(left_behind(pass_line, text, 1, 20).bytes, "b");
  EXPECT_EQ(left_behind(pass_line, text, 1, 19).error, kEndlessRecord.name());
  EXPECT_EQ(left_behind(pass_line, text, 1, 19).bytes, "");
}

}  // namespace
}  // namespace nepho::stream
