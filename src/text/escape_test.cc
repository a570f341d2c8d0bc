#include "text/escape.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace nepho::text {
namespace {

using UntrustedView = Untrusted<std::string_view>;

TEST(Untrusted, CannotBeReadOrAppendedDirectly) {
  static_assert(!std::is_convertible_v<UntrustedView, std::string_view>);
  static_assert(!std::is_convertible_v<UntrustedView, std::string>);
  static_assert(!std::is_convertible_v<std::string_view, UntrustedView>);
}

TEST(Untrusted, LeavesThroughAnEncoder) {
  const Untrusted<std::string> title(std::string("<b>"));
  EXPECT_EQ(html_text(title.view()), "&lt;b&gt;");
  EXPECT_EQ(json_string(UntrustedView("a\"b")), "\"a\\\"b\"");
  EXPECT_EQ(log_text(UntrustedView("a\x1b[0m")), "a\\x1b[0m");
}

TEST(HtmlText, EscapesMarkupAndKeepsTheRest) {
  EXPECT_EQ(html_text("a<script>&\"'\n\tü"), "a&lt;script&gt;&amp;\"'\n\tü");
}

TEST(HtmlText, ReplacesControlsAndInvalidBytes) {
  EXPECT_EQ(html_text(std::string_view("\0\x1b\x7f\xff", 4)), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(HtmlAttribute, EscapesBothQuotes) {
  EXPECT_EQ(html_attribute("\" onload='x"), "&quot; onload=&#39;x");
}

TEST(CsvCell, QuotesWhatRfc4180AsksFor) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvCell, NeutralisesFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

TEST(CsvCell, LeavesNumbersAlone) {
  EXPECT_EQ(csv_cell("-0.25"), "-0.25");
  EXPECT_EQ(csv_cell("+3"), "+3");
  EXPECT_EQ(csv_cell("-"), "'-");
}

TEST(CsvCell, HoldsNothingThatATerminalObeys) {
  EXPECT_EQ(csv_cell("a\x1b[2J\x07\x7f"), "a\uFFFD[2J\uFFFD\uFFFD");
  EXPECT_EQ(csv_cell("c1 \u009b2J"), "c1 \uFFFD2J");
  EXPECT_EQ(csv_cell("no utf-8 \xff"), "no utf-8 \uFFFD");
  EXPECT_EQ(csv_cell("Bj\u00f6rn\tx"), "Bj\u00f6rn\tx");
}

TEST(UrlComponent, KeepsUnreservedOnly) {
  EXPECT_EQ(url_component("a-b_c.d~e"), "a-b_c.d~e");
  EXPECT_EQ(url_component("a/b?c=d&e ü"), "a%2Fb%3Fc%3Dd%26e%20%C3%BC");
}

}  // namespace
}  // namespace nepho::text
