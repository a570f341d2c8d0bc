#include "plan/dispatch.h"

#include <gtest/gtest.h>

#include "text/fold.h"

namespace nepho::plan {
namespace {

using sigma::Expression;

sigma::Item item(std::string field, std::initializer_list<std::string_view> texts) {
  sigma::Item item{std::move(field), {}, false, false, 0, 0};
  for (const auto text : texts) {
    sigma::TextValue value;
    value.pattern = text::WildcardPattern::literal(text::fold_case(text));
    item.values.emplace_back(std::move(value));
  }
  return item;
}

sigma::Rule rule(std::vector<sigma::Item> items, Expression condition) {
  sigma::Rule rule;
  rule.items = std::move(items);
  rule.condition = std::move(condition);
  return rule;
}

Expression all(std::vector<Expression> parts) {
  return {Expression::Kind::kAnd, 0, std::move(parts)};
}
Expression any(std::vector<Expression> parts) {
  return {Expression::Kind::kOr, 0, std::move(parts)};
}
Expression not_(Expression part) { return {Expression::Kind::kNot, 0, {std::move(part)}}; }
const Expression kFirst = Expression::of_item(0);
const Expression kSecond = Expression::of_item(1);

TEST(RequiredTexts, OfAListIsTheListFolded) {
  EXPECT_EQ(required_texts(rule({item("name", {"CreateUser", "DeleteUser"})}, kFirst), "name"),
            (RequiredTexts{"createuser", "deleteuser"}));
}

TEST(RequiredTexts, OfAnAndIsItsMostDemandingPart) {
  const auto made = rule({item("name", {"A", "B"}), item("name", {"C"})}, all({kFirst, kSecond}));
  EXPECT_EQ(required_texts(made, "name"), RequiredTexts{"c"});
}

TEST(RequiredTexts, OfAnOrIsTheUnionIfEveryPartDemandsSomething) {
  const auto both = rule({item("name", {"A"}), item("name", {"B"})}, any({kFirst, kSecond}));
  EXPECT_EQ(required_texts(both, "name"), (RequiredTexts{"a", "b"}));
  const auto half = rule({item("name", {"A"}), item("other", {"B"})}, any({kFirst, kSecond}));
  EXPECT_FALSE(required_texts(half, "name"));
}

TEST(RequiredTexts, AreNoneUnderANotNorForANegatedItem) {
  EXPECT_FALSE(required_texts(rule({item("name", {"A"})}, not_(kFirst)), "name"));
  auto negated = item("name", {"A"});
  negated.negated = true;
  EXPECT_FALSE(required_texts(rule({negated}, kFirst), "name"));
}

TEST(RequiredTexts, AreNoneWhenAValueIsAPatternOrNull) {
  auto mixed = item("name", {"A"});
  mixed.values.emplace_back(sigma::NullValue{});
  EXPECT_FALSE(required_texts(rule({mixed}, kFirst), "name"));
}

TEST(RequiredTexts, AreNoneOfElements) {
  sigma::Item elements{.field = "name"};
  elements.array = sigma::ArrayTest{.items = {item("name", {"A"})}, .condition = kFirst};
  EXPECT_FALSE(required_texts(rule({elements}, kFirst), "name"));
}

// Two fields, "source" and "name", and three rules: by both, by source alone, by nothing.
class DispatchOfThree : public testing::Test {
 protected:
  DispatchOfThree() {
    dispatch_.add(0, {RequiredTexts{"iam"}, RequiredTexts{"createuser"}});
    dispatch_.add(1, {RequiredTexts{"iam"}, std::nullopt});
    dispatch_.add(2, {std::nullopt, std::nullopt});
  }
  std::vector<std::uint32_t> reached(std::optional<std::string_view> source,
                                     std::optional<std::string_view> name) {
    return dispatch_.candidates(std::vector{source, name});
  }
  Dispatch dispatch_{2};
};

TEST_F(DispatchOfThree, ReachesRulesThroughTheTextsTheyRequire) {
  EXPECT_EQ(reached("IAM", "CreateUser"), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(reached("iam", "other"), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(reached("s3", "CreateUser"), (std::vector<std::uint32_t>{2}));
}

TEST_F(DispatchOfThree, ExcludesNothingThroughAFieldThatIsNotOneText) {
  EXPECT_EQ(reached("iam", std::nullopt), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(reached(std::nullopt, std::nullopt), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST_F(DispatchOfThree, ExcludesRulesThatRequireAnAbsentField) {
  EXPECT_EQ(reached("", ""), (std::vector<std::uint32_t>{2}));
}

TEST_F(DispatchOfThree, KnowsTheRulesThatAnyEventCanReach) {
  EXPECT_EQ(dispatch_.reached_by_all(), (std::vector<std::uint32_t>{2}));
}

}  // namespace
}  // namespace nepho::plan
