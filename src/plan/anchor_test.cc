#include "plan/anchor.h"

#include <gtest/gtest.h>

namespace nepho::plan {
namespace {

sigma::Item item(std::string field, std::string_view text) {
  sigma::TextValue value;
  value.pattern = text::WildcardPattern::literal(text);
  return {.field = std::move(field), .values = {std::move(value)}};
}

sigma::Item elements(std::string field, sigma::ArraySelector::Kind kind) {
  sigma::ArrayTest test{.selector = {kind},
                        .items = {item(".", "a long and rare text")},
                        .condition = sigma::Expression::of_item(0)};
  return {.field = std::move(field), .array = std::move(test)};
}

bool any_item(const sigma::Item&) { return true; }

TEST(Anchor, IsTheRarestItemOfAnAnd) {
  sigma::Rule rule;
  rule.items = {item("type", "Root"), item("agent", "kali-linux-2026")};
  rule.condition.children = {sigma::Expression::of_item(0), sigma::Expression::of_item(1)};
  EXPECT_EQ(anchor_items(rule, any_item), std::vector<std::size_t>{1});
}

// [none] holds without any value; the others could be reached, but not by one value of one slot.
TEST(Anchor, IsNeverATestOfElements) {
  using Kind = sigma::ArraySelector::Kind;
  for (const Kind kind : {Kind::kAny, Kind::kAll, Kind::kAllOrEmpty, Kind::kNone, Kind::kAt}) {
    sigma::Rule rule;
    rule.items = {elements("list", kind), item("type", "Root")};
    rule.condition = sigma::Expression::of_item(0);
    EXPECT_FALSE(anchor_items(rule, any_item));
    rule.condition = {};
    rule.condition.children = {sigma::Expression::of_item(0), sigma::Expression::of_item(1)};
    EXPECT_EQ(anchor_items(rule, any_item), std::vector<std::size_t>{1});
  }
}

}  // namespace
}  // namespace nepho::plan
