#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/markup_outline.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::report {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kEmpty =
    R"(<html><script type="application/json" id="nephometer-data">null</script><p></p></html>)";

// What stands between the start and the first end tag of the data's element, as a browser reads it.
std::string data_of(std::string_view page) {
  const std::size_t begin = page.find("nephometer-data\">") + 17;
  return std::string(page.substr(begin, page.find("</script", begin) - begin));
}

TEST(Page, HoldsTheDataInItsPlace) {
  const auto page = lay_in(kEmpty, R"({"a":1})");
  ASSERT_TRUE(page);
  EXPECT_EQ(*page, R"(<html><script type="application/json" id="nephometer-data">{"a":1}</script>)"
                   "<p></p></html>");
}

TEST(Page, NoTextEndsTheElementOfTheData) {
  for (const char* text :
       {"</script><script>alert(1)</script>", "<!--<script>", "</SCRIPT >", "<!--", "]]>", "-->"}) {
    text::JsonWriter json;
    json.begin_object().member("name", text).end_object();
    const auto page = lay_in(kEmpty, json.take());
    ASSERT_TRUE(page);
    EXPECT_THAT(data_of(*page), Not(HasSubstr("<"))) << text;
    const auto read = text::JsonDocument::parse(data_of(*page));
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->root().string_at("name"), text);
  }
}

TEST(Page, DataThatHoldsThePlaceItselfIsNotTakenForIt) {
  const auto page = lay_in(kEmpty, R"(["<script type=\"application/json\" id=\"x\">null"])");
  ASSERT_TRUE(page);
  EXPECT_THAT(*page, HasSubstr("\\u003cscript type"));
}

TEST(Page, WithoutAPlaceForDataItIsRefused) {
  const auto page = lay_in("<html></html>", "{}");
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, kBadPage);
}

TEST(Page, TheOneThatWasBuiltHasAPlaceAndAPolicy) {
  const Knowledge knowledge;
  const std::string_view built = built_page(knowledge);
  if (built.empty()) GTEST_SKIP() << "built without Node.js";
  const auto page = lay_in(built, R"({"a":1})");
  ASSERT_TRUE(page);
  EXPECT_EQ(data_of(*page), R"({"a":1})");
  EXPECT_THAT(*page, HasSubstr("http-equiv=\"Content-Security-Policy\" content=\"default-src "
                               "'none'; script-src 'sha256-"));
  EXPECT_THAT(*page, Not(HasSubstr("unsafe-")));
}

}  // namespace
}  // namespace nepho::report
