#include "inventory/lint_codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/files.h"
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

TEST(LintCodes, ThePageHasEachAsItIs) {
  const auto page = read_file(NEPHO_SOURCE_DIR "/docs/lint.md", std::size_t{1} << 20U);
  ASSERT_TRUE(page);
  for (const LintCode& code : lint_codes()) {
    const std::string line = std::string("| `") + std::string(code.code) + "` | " +
                             std::string(to_string(code.severity)) + " | " +
                             (code.has_fix ? "yes" : "") + " | " + std::string(code.title) + ". " +
                             std::string(code.explanation) + " |";
    EXPECT_NE(page->find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace nepho::inventory
