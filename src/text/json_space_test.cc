#include "text/json_space.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(JsonSpace, IsBlanksTabsAndLineEndsOnly) {
  EXPECT_EQ(num_json_spaces(" \t\r\n {"), 5U);
  EXPECT_EQ(num_json_spaces("\v{"), 0U);
  EXPECT_EQ(num_json_spaces("  "), 2U);
  EXPECT_EQ(num_json_spaces(""), 0U);
}

TEST(JsonSpace, EndsBeforeTheFirstCharacter) {
  EXPECT_EQ(first_json_character("\n [1]"), '[');
  EXPECT_EQ(first_json_character("x"), 'x');
  EXPECT_EQ(first_json_character(" \n"), '\0');
  EXPECT_EQ(first_json_character(""), '\0');
}

}  // namespace
}  // namespace nepho::text
