#include "text/markdown.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(Markdown, TextKeepsNoMarkup) {
  EXPECT_EQ(markdown_text("[click](http://evil.example) *now* <b>"),
            "\\[click\\]\\(http\\://evil.example) \\*now\\* &lt;b&gt;");
  EXPECT_EQ(markdown_text("a | b"), "a \\| b");
  EXPECT_EQ(markdown_text("![x](y)"), "\\!\\[x\\]\\(y)");
}

TEST(Markdown, TextBeginsNoHeadingListOrQuote) {
  EXPECT_EQ(markdown_text("# heading"), "\\# heading");
  EXPECT_EQ(markdown_text("- item"), "\\- item");
  EXPECT_EQ(markdown_text("> quote"), "&gt; quote");
}

TEST(Markdown, TextBecomesNoLinkByItself) {
  EXPECT_EQ(markdown_text("see https://evil.example or www.evil.example"),
            "see https\\://evil.example or www\\.evil.example");
}

TEST(Markdown, OrdinaryWordsStayAsTheyAre) {
  EXPECT_EQ(markdown_text("A user's key is used (twice), by-hand."),
            "A user's key is used (twice), by-hand.");
}

TEST(Markdown, LineEndsAndControlBytesAreShown) {
  EXPECT_EQ(markdown_text("a\n# b"), "a\\\\x0a\\# b");
  EXPECT_EQ(markdown_code("a\nb"), "`a\\x0ab`");
}

TEST(Markdown, CodeIsFencedWithMoreBackticksThanItHolds) {
  EXPECT_EQ(markdown_code("plain"), "`plain`");
  EXPECT_EQ(markdown_code("a`b"), "``a`b``");
  EXPECT_EQ(markdown_code("`` <script>"), "``` `` <script> ```");
  EXPECT_EQ(markdown_code(""), "");
}

TEST(Markdown, PipesInTheCodeOfACellAreEscaped) { EXPECT_EQ(markdown_cell_code("a|b"), "`a\\|b`"); }

TEST(Markdown, LongCodeIsCut) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += 'x';
  const std::string cut = markdown_code(text, 20);
  EXPECT_LE(cut.size(), 25U);
  EXPECT_TRUE(cut.ends_with("...`"));
}

TEST(Markdown, ABlockCannotBeLeft) {
  EXPECT_EQ(markdown_block("{\n  \"a\": \"```\"\n}", "json"),
            "````json\n{\n  \"a\": \"```\"\n}\n````\n");
  EXPECT_EQ(markdown_block("a\rb", ""), "```\na\\x0db\n```\n");
}

}  // namespace
}  // namespace nepho::text
