#include "text/xml.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(Xml, ReadsSeveralRootsWithPlaces) {
  const auto roots = parse_xml(
      "<!-- c -->\n<group name=\"a\">\n  <rule id='1'><about> x &lt; y </about></rule>\n</group>\n"
      "<group name=\"b\"/>",
      "r.xml");
  ASSERT_TRUE(roots);
  ASSERT_EQ(roots->size(), 2U);
  const XmlElement& rule = roots->at(0).children.at(0);
  EXPECT_EQ(rule.attribute("id"), "1");
  EXPECT_EQ(rule.attribute("other"), "");
  EXPECT_EQ(rule.text_of("about"), "x < y");
  EXPECT_EQ(rule.line, 3U);
  EXPECT_EQ(rule.column, 4U);
  EXPECT_EQ(roots->at(1).attribute("name"), "b");
}

TEST(Xml, ErrorsHaveAPlace) {
  const auto roots = parse_xml("<group>\n<rule>\n</group>", "r.xml");
  ASSERT_FALSE(roots);
  EXPECT_EQ(roots.error().code, kXmlSyntax);
  EXPECT_EQ(roots.error().place.line, 3U);
}

TEST(Xml, EntitiesOfTheFilesOwnAreNotExpanded) {
  const auto roots = parse_xml(
      "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c SYSTEM \"file:///etc/hostname\">]>"
      "<a>&b;&c;</a>",
      "r.xml");
  ASSERT_TRUE(roots);
  EXPECT_EQ(roots->at(0).text, "&b;&c;");
}

TEST(Xml, DeepNestingIsRefused) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<a>";
  for (int i = 0; i < 100'000; ++i) text += "</a>";
  EXPECT_EQ(parse_xml(text, "r.xml").error().code, kXmlTooDeep);
}

TEST(Xml, ManyElementsAreRefused) {
  std::string text;
  for (int i = 0; i < 250'000; ++i) text += "<a/>";
  EXPECT_EQ(parse_xml(text, "r.xml").error().code, kXmlTooLarge);
  EXPECT_EQ(parse_xml(std::string(std::size_t{5} << 20U, ' '), "r.xml").error().code, kXmlTooLarge);
}

}  // namespace
}  // namespace nepho::text
