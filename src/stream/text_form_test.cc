#include "stream/text_form.h"

#include <gtest/gtest.h>

namespace nepho::stream {
namespace {

TEST(TextForm, TheLinesThatHaveTheirEndAreMeasured) {
  EXPECT_EQ(lines_size(""), 0U);
  EXPECT_EQ(lines_size("half"), 0U);
  EXPECT_EQ(lines_size("one\ntwo\nhalf"), 8U);
}

TEST(TextForm, TheLastLineIsThatBeforeBlanks) {
  EXPECT_EQ(last_line("one\ntwo \n\r\n"), "two");
  EXPECT_EQ(last_line("one"), "one");
  EXPECT_EQ(last_line(" \n"), "");
}

TEST(TextForm, ALineOfTextBeginsWithAWordAndHasSeveral) {
  EXPECT_TRUE(is_text_line("2 123456789010 eni-1 ACCEPT"));
  EXPECT_TRUE(is_text_line("<14>Jan 3 host: {}"));
  EXPECT_TRUE(is_text_line("a,b"));
  EXPECT_TRUE(is_text_line("/aws/vpc eni-1 2 123456789010"));
  EXPECT_TRUE(is_text_line("[0] tag: [1.5, {\"a\"=>1}]"));
  EXPECT_TRUE(is_text_line("1.0;2026-03-01T03:04:05Z;GetBlob;;"));
  EXPECT_FALSE(is_text_line("true"));
  EXPECT_FALSE(is_text_line(R"({"a": 1})"));
  EXPECT_FALSE(is_text_line(R"("a b")"));
  EXPECT_FALSE(is_text_line(""));
}

TEST(TextForm, TheHeadOfRowsEndsWithTheFirstLineThatIsNoComment) {
  EXPECT_EQ(head_of_rows("#a\n\n#b\nx y\nz\n"), "#a\n\n#b\nx y\n");
  EXPECT_EQ(head_of_rows("#a\n"), "#a\n");
}

TEST(TextForm, RowsAreTextTablesAndLinesOfJsonAmongText) {
  EXPECT_TRUE(begins_with_rows("time,user\n1,a\n"));
  EXPECT_TRUE(begins_with_rows("#Fields: a b\n1 2\n"));
  EXPECT_TRUE(begins_with_rows("started at noon\n{\"a\": 1}\n"));
  EXPECT_TRUE(begins_with_rows("[0] tag: [1.5, {\"a\"=>1}]\n[1] tag: [1.5, {\"a\"=>2}]\n"));
  EXPECT_FALSE(begins_with_rows("{\"a\": 1}\n"));
  EXPECT_FALSE(begins_with_rows("[0]\n[1, {\"a\": 1}]\n"));
}

TEST(TextForm, AHeadingBeforeAJsonDocumentIsNone) {
  EXPECT_FALSE(begins_with_rows("output of the command\n{\n  \"a\": 1\n}\n"));
}

}  // namespace
}  // namespace nepho::stream
