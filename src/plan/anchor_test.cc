#include "plan/anchor.h"

#include <gtest/gtest.h>

namespace nepho::plan {
namespace {

using sigma::Expression;
using Items = std::vector<std::size_t>;

sigma::Item contains(const std::string& field, const std::string& text) {
  sigma::TextValue value;
  value.pattern = text::WildcardPattern::literal(text);
  value.pattern.prepend_any_run();
  value.pattern.append_any_run();
  return {field, {value}, false, false, 0, 0};
}

sigma::Item is_null(const std::string& field) {
  return {field, {sigma::NullValue{}}, false, false, 0, 0};
}

std::optional<Items> anchors(std::vector<sigma::Item> items, Expression condition) {
  sigma::Rule rule;
  rule.items = std::move(items);
  rule.condition = std::move(condition);
  return anchor_items(rule, [](const sigma::Item& item) { return item.field != "dispatched"; });
}

Expression join(Expression::Kind kind) {
  return {kind, 0, {Expression::of_item(0), Expression::of_item(1)}};
}

TEST(AnchorItems, OfAnAndIsTheOneThatIsLikelyRarest) {
  sigma::Item whole = contains("type", "x");
  std::get<sigma::TextValue>(whole.values[0]).pattern = text::WildcardPattern::literal("iamuser");
  EXPECT_EQ(anchors({whole, contains("userAgent", "kali")}, join(Expression::Kind::kAnd)),
            Items{1});
}

TEST(AnchorItems, OfAnOrAreThoseOfAllParts) {
  EXPECT_EQ(anchors({contains("a", "kali"), contains("b", "pacu")}, join(Expression::Kind::kOr)),
            (Items{0, 1}));
}

TEST(AnchorItems, AreNoneWhereTheRuleMayHoldWithoutAValue) {
  const std::vector<sigma::Item> either{contains("a", "kali"), is_null("b")};
  EXPECT_EQ(anchors(either, join(Expression::Kind::kOr)), std::nullopt);
  EXPECT_EQ(anchors(either, join(Expression::Kind::kAnd)), Items{0});
  EXPECT_EQ(anchors({contains("a", "kali")}, {Expression::Kind::kNot, 0, {Expression::of_item(0)}}),
            std::nullopt);
  sigma::Item negated = contains("a", "kali");
  negated.negated = true;
  EXPECT_EQ(anchors({negated}, Expression::of_item(0)), std::nullopt);
  EXPECT_EQ(anchors({contains("", "keyword")}, Expression::of_item(0)), std::nullopt);
}

// Some encodings end in the middle of a character (utf16le of U+80E2 is E2 80). Where that is a
// part of another one, as of U+2026 (E2 80 A6), folding the text may take the bytes away: U+212A
// (E2 84 AA) is "k" then.
TEST(Anchors, WithHalfACharacterAreAskedEachTime) {
  std::vector<sigma::Item> items;
  for (const char* text : {"kali", "pacu", "zmap", "nmap", "curl", "\xE2\x84"})
    items.push_back(contains("userAgent", text));
  std::vector<Anchors> all(1);
  for (std::uint32_t i = 0; i < items.size(); ++i) all[0].anchors.push_back({i, {}});
  const auto set = settle(all, [&](std::uint32_t i) -> const sigma::Item& { return items[i]; });
  EXPECT_TRUE(set);
  EXPECT_EQ(all[0].anchors_of_literal.size(), 5U);
  EXPECT_EQ(all[0].others, std::vector<std::uint32_t>{5});
}

// A set for each field would cost as much to make as all of them together.
TEST(Anchors, OfAllFieldsShareOneSetOfLiterals) {
  std::vector<sigma::Item> items;
  for (const char* text : {"kali", "pacu", "zmap", "nmap", "curl"}) {
    items.push_back(contains("userAgent", text));
    items.push_back(contains("errorMessage", text));
  }
  items.push_back(contains("few", "kali"));
  std::vector<Anchors> all(3);
  for (std::uint32_t i = 0; i < items.size(); ++i)
    all[i + 1 == items.size() ? 2 : i % 2].anchors.push_back({i, {}});
  const auto set = settle(all, [&](std::uint32_t i) -> const sigma::Item& { return items[i]; });
  ASSERT_TRUE(set);
  text::LiteralSet::Scratch scratch(*set);
  std::vector<std::uint32_t> found;
  set->find("a zmap here", scratch, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(all[0].anchors_of_literal.at(found[0]), std::vector<std::uint32_t>{2});
  EXPECT_EQ(all[1].anchors_of_literal.at(found[0]), std::vector<std::uint32_t>{2});
  EXPECT_EQ(all[2].others, std::vector<std::uint32_t>{0});
}

TEST(AnchorItems, AreOnlyOnFieldsThatMayBe) {
  EXPECT_EQ(anchors({contains("dispatched", "kali")}, Expression::of_item(0)), std::nullopt);
}

}  // namespace
}  // namespace nepho::plan
