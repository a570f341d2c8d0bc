#include "exercise/tree_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Tree tree(std::string_view yaml) { return *text::parse_yaml(yaml, "t.yml"); }

std::vector<std::string> members_at(std::string_view yaml, std::string_view path) {
  Tree root = tree(yaml);
  std::vector<std::string> found;
  each_member_at(root, path, [&](Tree& mapping, std::size_t member) {
    found.push_back(text::json_of_yaml(mapping.members[member].second));
  });
  return found;
}

TEST(TreePaths, LeadThroughMappings) {
  EXPECT_THAT(members_at("{a: {b: 1}, b: 2}", "a.b"), ElementsAre("1"));
}

TEST(TreePaths, PassThroughListsAndVisitEachItem) {
  EXPECT_THAT(members_at("{a: [{b: 1}, {c: 2}, {b: 3}]}", "a.b"), ElementsAre("1", "3"));
}

TEST(TreePaths, MayHaveDotsInTheirKeys) {
  EXPECT_THAT(members_at("{a: {x.io/b: 1}}", "a.x.io/b"), ElementsAre("1"));
}

TEST(TreePaths, EndAtAMember) {
  EXPECT_THAT(members_at("{ab: 1}", "a"), IsEmpty());
  EXPECT_THAT(members_at("{a: 1}", "a.b"), IsEmpty());
}

TEST(TreePaths, AMemberCanBeTakenAwayWhileTheyAreVisited) {
  Tree root = tree("{a: [{b: 1, c: 2}, {b: 3}]}");
  each_member_at(root, "a.b", [](Tree& mapping, std::size_t member) {
    mapping.members.erase(mapping.members.begin() + static_cast<std::ptrdiff_t>(member));
  });
  EXPECT_EQ(text::json_of_yaml(root), R"({"a":[{"c":2},{}]})");
}

TEST(TreePaths, TheFirstScalarOfAListIsFound) {
  const Tree root = tree("{a: {b: [x, y]}, c: {}}");
  ASSERT_NE(first_scalar_at(root, "a.b"), nullptr);
  EXPECT_EQ(first_scalar_at(root, "a.b")->text, "x");
  EXPECT_EQ(first_scalar_at(root, "c"), nullptr);
  EXPECT_EQ(first_scalar_at(root, "a.bc"), nullptr);
}

TEST(TreePaths, AValueIsThereAlsoWhenItIsNull) {
  const Tree root = tree("{a: {b: null}}");
  EXPECT_TRUE(has_value_at(root, "a.b"));
  EXPECT_TRUE(has_value_at(root, "a"));
  EXPECT_FALSE(has_value_at(root, "b"));
}

std::set<std::string> differences_of(std::string_view before, std::string_view after) {
  std::set<std::string> paths;
  add_differences(tree(before), tree(after), paths);
  return paths;
}

TEST(TreeDifferences, AreTheDeepestPaths) {
  EXPECT_THAT(differences_of("{a: {b: 1, c: 2}}", "{a: {b: 1, c: 3}}"), ElementsAre("a.c"));
}

TEST(TreeDifferences, NameWhatIsGoneAndWhatIsNew) {
  EXPECT_THAT(differences_of("{a: 1, b: 2}", "{b: 2, c: 3}"), ElementsAre("a", "c"));
}

TEST(TreeDifferences, LookIntoListsOfTheSameLength) {
  EXPECT_THAT(differences_of("{a: [{b: 1}, {b: 2}]}", "{a: [{b: 1}, {b: 3}]}"), ElementsAre("a.b"));
  EXPECT_THAT(differences_of("{a: [1]}", "{a: [1, 2]}"), ElementsAre("a"));
}

TEST(TreeDifferences, TellTypesApart) {
  EXPECT_THAT(differences_of("{a: 1}", "{a: '1'}"), ElementsAre("a"));
}

TEST(TreeDifferences, AnotherOrderOfMembersIsNone) {
  EXPECT_THAT(differences_of("{a: 1, b: 2}", "{b: 2, a: 1}"), IsEmpty());
}

TEST(TreePaths, OneLeadsToTheOtherAtADot) {
  EXPECT_TRUE(is_on_one_way("a.b", "a.b"));
  EXPECT_TRUE(is_on_one_way("a", "a.b"));
  EXPECT_TRUE(is_on_one_way("a.b", "a"));
  EXPECT_FALSE(is_on_one_way("a", "ab"));
  EXPECT_FALSE(is_on_one_way("a.b", "a.c"));
}

}  // namespace
}  // namespace nepho::exercise
