#include "exercise/tree.h"

#include <gtest/gtest.h>

#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

Tree parsed(std::string_view yaml) { return text::parse_yaml(yaml, "test").value(); }

std::string laid_over(std::string_view base, std::string_view overlay) {
  Tree tree = parsed(base);
  lay_over(tree, parsed(overlay));
  return text::json_of_yaml(tree);
}

TEST(Tree, KeepsTheTypesOfPlainScalarsAndTheQuotesOfTexts) {
  EXPECT_EQ(
      text::json_of_yaml(parsed("{a: 1, b: \"1\", c: true, d: null, e: 89.0, f: [x, {g: h}]}")),
      R"({"a":1,"b":"1","c":true,"d":null,"e":89.0,"f":["x",{"g":"h"}]})");
}

TEST(Tree, WritesWhatIsNoNumberToJsonAsAText) {
  EXPECT_EQ(text::json_of_yaml(parsed("[0x1F, .5, 1., +3, 007, .inf]")),
            R"(["0x1F",".5","1.","+3","007",".inf"])");
}

TEST(Tree, LaysMappingsOverEachOtherKeyByKey) {
  EXPECT_EQ(laid_over("{a: {b: 1, c: 2}, d: 3}", "{a: {c: 4, e: 5}, f: 6}"),
            R"({"a":{"b":1,"c":4,"e":5},"d":3,"f":6})");
}

TEST(Tree, ReplacesListsAndScalarsAsAWhole) {
  EXPECT_EQ(laid_over("{a: [1, 2], b: {c: 1}}", "{a: [3], b: x}"), R"({"a":[3],"b":"x"})");
}

TEST(Tree, TakesAwayWhatIsSaidToBeAbsent) {
  EXPECT_EQ(laid_over("{a: 1, b: {c: 2, d: 3}}", "{a: $absent, b: {c: $absent}, x: $absent}"),
            R"({"b":{"d":3}})");
}

TEST(Tree, ReplacesADirectiveByAMappingAndTheOtherWayRound) {
  EXPECT_EQ(laid_over("{a: {$json: {b: 1}}}", "{a: {c: 2}}"), R"({"a":{"c":2}})");
  EXPECT_EQ(laid_over("{a: {c: 2}}", "{a: {$json: {b: 1}}}"), R"({"a":{"$json":{"b":1}}})");
}

TEST(Tree, FindsValuesByPathsThroughMappingsAndLists) {
  const Tree tree = parsed("{a: {b: [x, {c: y}]}}");
  EXPECT_EQ(at_path(tree, "a.b.0")->text, "x");
  EXPECT_EQ(at_path(tree, "a.b.1.c")->text, "y");
  EXPECT_EQ(at_path(tree, ""), &tree);
  for (const char* none : {"a.b.2", "a.b.x", "a.x", "a.b.0.c", "a.b.-1"}) {
    EXPECT_EQ(at_path(tree, none), nullptr) << none;
  }
}

TEST(Tree, CountsAllItsNodes) { EXPECT_EQ(num_nodes(parsed("{a: [1, 2], b: 3}")), 5U); }

}  // namespace
}  // namespace nepho::exercise
