#include "inventory/lint_codes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "inventory/problems.h"

namespace nepho::inventory {
namespace {

TEST(LintCodes, EachIsThereOnceAndExplained) {
  for (const LintCode& code : lint_codes()) {
    EXPECT_EQ(std::ranges::count(lint_codes(), code.code, &LintCode::code), 1) << code.code;
    EXPECT_TRUE(code.explanation.ends_with('.')) << code.code;
    EXPECT_FALSE(code.title.ends_with('.')) << code.code;
  }
  ASSERT_NE(find_lint_code(kNameMismatch.name()), nullptr);
  EXPECT_EQ(find_lint_code("yaml.syntax"), nullptr);
}

}  // namespace
}  // namespace nepho::inventory
