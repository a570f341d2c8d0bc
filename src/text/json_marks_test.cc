#include "text/json_marks.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nepho::text {
namespace {

TEST(JsonMarks, AreFoundWhereTheyStandFirst) {
  std::mt19937 random(2);
  for (std::size_t size = 0; size < 70; ++size) {
    for (int round = 0; round < 30; ++round) {
      std::string text(size, 'a');
      for (char& c : text) {
        if (random() % 12 == 0) c = random() % 2 == 0 ? '"' : '\\';
      }
      for (std::size_t at = 0; at <= size + 1; ++at) {
        EXPECT_EQ(find_quote_or_backslash(text, at), std::min(text.find_first_of("\"\\", at), size))
            << text << at;
      }
      for (std::size_t at = 0; at + 64 <= size; ++at) {
        for (std::size_t i = 0; i < 64; ++i)
          EXPECT_EQ(backslashes_in_64(text.data() + at) >> i & 1U, text[at + i] == '\\' ? 1U : 0U);
      }
    }
  }
}

}  // namespace
}  // namespace nepho::text
