#include "report/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/display_width.h"

namespace nepho::report {
namespace {

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

TEST(TableText, AColumnThatMayNotWrapKeepsItsWidth) {
  Table table({{.title = "Id", .may_wrap = false}, {.title = "Text"}});
  table.add_row({"a-very-long-identifier", "some words that may be wrapped"});
  EXPECT_THAT(to_text(table, {.width = 36}), HasSubstr("a-very-long-identifier  some words\n"));
}

TEST(TableText, BreaksNoWordWhileOtherColumnsCanGive) {
  Table table({{.title = "Problem"}, {.title = "Fix"}});
  table.add_row(
      {"many short words that may go to lines of their own", "attack.defense-impairment"});
  EXPECT_THAT(to_text(table, {.width = 34}), HasSubstr("impairment"));
}

TEST(TableText, KeepsTheLinesOfACell) {
  Table table({{.title = "A"}, {.title = "B"}});
  table.add_row({"1\n2", "x"});
  EXPECT_THAT(to_text(table, {}), HasSubstr("1  x\n2\n"));
}

TEST(TableText, MissingCellsAreEmpty) {
  Table table({{.title = "A"}, {.title = "B"}, {.title = "C"}});
  table.add_row({"1"});
  EXPECT_THAT(to_text(table, {}), HasSubstr("\n1\n"));
}

TEST(TableText, LongTextOfOthersIsCutAndSaysSo) {
  Table table({{.title = "A"}});
  table.add_row({std::string(100'000, 'x')});
  EXPECT_THAT(to_text(table, {}), HasSubstr("x...\n"));
  EXPECT_LT(to_text(table, {}).size(), 20'000U);
}

TEST(TableText, ATableWithoutRowsIsItsTitles) {
  EXPECT_EQ(to_text(Table({{.title = "A"}}), {}), "A\n\u2500\n");
}

}  // namespace
}  // namespace nepho::report
