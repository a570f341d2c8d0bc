#include "report/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/wrap.h"
#include "text/display_width.h"

namespace nepho::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Table techniques() {
  Table table({{.title = "Technique", .may_wrap = false},
               {.title = "Name"},
               {.title = "Rules", .align = Align::kRight}});
  table.add_row({"T1078.004", "Cloud Accounts", "12"});
  table.add_row({"T1537", "Transfer Data to Cloud Account", {"0", Tone::kBad}});
  return table;
}

TEST(TableText, AlignsColumnsAndEndsNoLineInBlanks) {
  EXPECT_EQ(to_text(techniques(), {}),
            "Technique  Name                            Rules\n"
            "─────────  ──────────────────────────────  ─────\n"
            "T1078.004  Cloud Accounts                     12\n"
            "T1537      Transfer Data to Cloud Account      0\n");
}

TEST(TableText, WrapsTheWidestColumnToTheRoom) {
  EXPECT_EQ(to_text(techniques(), {.width = 34}),
            "Technique  Name              Rules\n"
            "─────────  ────────────────  ─────\n"
            "T1078.004  Cloud Accounts       12\n"
            "T1537      Transfer Data to      0\n"
            "           Cloud Account\n");
}

TEST(TableText, ColoursOnlyWhenAsked) {
  EXPECT_THAT(to_text(techniques(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(to_text(techniques(), {.has_color = true}), HasSubstr("    \x1b[31m0\x1b[0m\n"));
}

TEST(TableText, CountsColumnsOfUnicodeText) {
  Table table({{.title = "a"}, {.title = "b"}});
  table.add_row({"雲", "x"});
  table.add_row({"ü", "x"});
  EXPECT_THAT(to_text(table, {}), HasSubstr("雲  x\nü   x\n"));
}

TEST(TableText, ShowsControlBytesOfOthersEscaped) {
  Table table({{.title = "a"}});
  table.add_row({"x\x1b]0;owned\x07"});
  EXPECT_THAT(to_text(table, {}), HasSubstr("x\\x1b]0;owned\\x07\n"));
}

TEST(TableText, KeepsEveryLineWithinTheRoom) {
  Table table({{.title = "Path"}, {.title = "Message"}});
  table.add_row({"rules/aws/a_very_long_name_without_any_blank.yml",
                 "a message that is long enough to be broken over several lines of the screen"});
  const std::string text = to_text(table, {.width = 40});
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(text::display_width(text.substr(begin, end - begin)), 40U);
    begin = end + 1;
  }
}

TEST(TableMarkdown, EscapesWhatWouldBeMarkup) {
  Table table({{.title = "Name"}, {.title = "N", .align = Align::kRight}});
  table.add_row({"a|b *c* <script>", "1"});
  table.add_row({"two\nlines", "2"});
  EXPECT_EQ(to_markdown(table),
            "| Name | N |\n| --- | ---: |\n| a\\|b \\*c\\* &lt;script&gt; | 1 |\n"
            "| two<br>lines | 2 |\n");
}

TEST(TableCsv, QuotesAndNeutralises) {
  Table table({{.title = "Name"}, {.title = "N"}});
  table.add_row({"=cmd()", "-1"});
  table.add_row({"a,\"b\"", ""});
  EXPECT_EQ(to_csv(table), "Name,N\r\n'=cmd(),-1\r\n\"a,\"\"b\"\"\",\r\n");
}

TEST(TableDeathTest, ARowWithTooManyCellsIsADefect) {
  Table table({{.title = "a"}});
  EXPECT_EXIT(table.add_row({"1", "2"}), testing::ExitedWithCode(70), "defect");
}

TEST(Wrap, PrefersBlanksThenJointsThenAnywhere) {
  EXPECT_THAT(wrap({"one two three"}, 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap({"a.bcd.efg"}, 7), ElementsAre("a.bcd.", "efg"));
  EXPECT_THAT(wrap({"abcdefgh"}, 3), ElementsAre("abc", "def", "gh"));
}

TEST(Wrap, KeepsEmptyLines) { EXPECT_THAT(wrap({"", "a"}, 5), ElementsAre("", "a")); }

}  // namespace
}  // namespace nepho::report
