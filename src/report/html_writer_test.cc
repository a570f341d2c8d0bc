#include "report/html_writer.h"

#include <gtest/gtest.h>

namespace nepho::report {
namespace {

TEST(HtmlWriter, EscapesTextAndAttributes) {
  HtmlWriter page;
  page.element("p", {{"title", "\"<&"}}, "<b> & \"");
  EXPECT_EQ(page.take(), "<p title=\"&quot;&lt;&amp;\">&lt;b&gt; &amp; \"</p>");
}

TEST(HtmlWriter, ClosesElementsInOrder) {
  HtmlWriter page;
  page.open("p").open("b").text("x").close().text("y").close();
  EXPECT_EQ(page.take(), "<p><b>x</b>y</p>");
}

TEST(HtmlWriter, WritesFlagsAndElementsWithoutEnd) {
  HtmlWriter page;
  page.lone("input", {{"type", "radio"}, {"checked", ""}});
  EXPECT_EQ(page.take(), "<input type=\"radio\" checked>");
}

TEST(HtmlWriterDeathTest, APageWithAnOpenElementIsADefect) {
  HtmlWriter page;
  page.open("p");
  EXPECT_DEATH(page.take(), "");
}

}  // namespace
}  // namespace nepho::report
