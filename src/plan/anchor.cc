#include "plan/anchor.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/regex_literal.h"

namespace nepho::plan {
namespace {

using sigma::Expression;

// How rarely a value will hold: guesses that only order work. Words within a text ("kali" in a user
// agent) are rarer than whole values ("AssumedRole"), long ones rarer than short ones.
double rarity(const sigma::Value& value) {
  if (const auto* text = std::get_if<sigma::TextValue>(&value)) {
    const auto size = static_cast<double>(text->pattern.longest_literal().size());
    if (size == 0) return 0;
    return text->pattern.is_literal() ? 1 + size / 100 : 3 + size / 100;
  }
  if (std::holds_alternative<sigma::RegexValue>(value)) return 2;
  return std::holds_alternative<sigma::NetworkValue>(value) ? 2 : 0.5;
}

// Whether the value can only hold by a value that is there.
bool needs_value(const sigma::Value& value) {
  return !std::holds_alternative<sigma::NullValue>(value) &&
         !std::holds_alternative<sigma::ExistsValue>(value) &&
         !std::holds_alternative<sigma::FieldValue>(value);
}

// What a folded text must hold for this value to hold for it; empty where none is known. A number
// equals others that are written otherwise, and half a character may be in one that folds to
// others.
std::string literal_of(const sigma::Value& value) {
  if (const auto* text = std::get_if<sigma::TextValue>(&value)) {
    const std::string_view literal = text->pattern.longest_literal();
    const bool is_whole = first_invalid_utf8(literal) == literal.size();
    return text->number || !is_whole ? std::string() : text::fold_case(literal);
  }
  const auto* regex = std::get_if<sigma::RegexValue>(&value);
  return regex == nullptr ? std::string()
                          : text::fold_case(text::required_literal(regex->regex.source()));
}

// Of every value its literal; empty where one has none.
std::vector<std::string> literals_of(const sigma::Item& item) {
  std::vector<std::string> literals;
  for (const sigma::Value& value : item.values) {
    literals.push_back(literal_of(value));
    if (literals.back().empty()) return {};
  }
  return literals;
}

bool is_of_networks(const sigma::Item& item) {
  return std::all_of(item.values.begin(), item.values.end(), [](const auto& value) {
    return std::holds_alternative<sigma::NetworkValue>(value);
  });
}

struct Best {
  std::vector<std::size_t> items;
  double rarity = 0;  // of the value that is least rare
};

using CanBe = std::function<bool(const sigma::Item&)>;

std::optional<Best> best_of(const sigma::Rule& rule, std::size_t index, const CanBe& can_be) {
  const sigma::Item& item = rule.items[index];
  const bool is_one = !item.is_keyword() && !item.array && !item.negated && !item.values.empty() &&
                      std::all_of(item.values.begin(), item.values.end(), needs_value);
  if (!is_one || !can_be(item)) return std::nullopt;
  const auto [least, most] =
      std::minmax_element(item.values.begin(), item.values.end(),
                          [](const auto& a, const auto& b) { return rarity(a) < rarity(b); });
  return Best{{index}, rarity(item.all ? *most : *least)};
}

// Recursion is as deep as the rule's condition.
std::optional<Best> best_of(const sigma::Rule& rule, const Expression& part, const CanBe& can_be) {
  std::optional<Best> best;
  switch (part.kind) {
    case Expression::Kind::kItem: return best_of(rule, part.item, can_be);
    case Expression::Kind::kNot: return std::nullopt;
    case Expression::Kind::kAnd:
      for (const Expression& child : part.children) {
        auto one = best_of(rule, child, can_be);
        if (one && (!best || one->rarity > best->rarity)) best = std::move(one);
      }
      return best;
    case Expression::Kind::kOr:
      best.emplace(Best{{}, 100});
      for (const Expression& child : part.children) {
        const auto one = best_of(rule, child, can_be);
        if (!one) return std::nullopt;
        best->items.insert(best->items.end(), one->items.begin(), one->items.end());
        best->rarity = std::min(best->rarity, one->rarity);
      }
      return best;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::size_t>> anchor_items(const sigma::Rule& rule, const CanBe& can_be) {
  auto best = best_of(rule, rule.condition, can_be);
  if (!best || best->items.empty()) return std::nullopt;
  return std::move(best->items);
}

namespace {

// To ask a few costs no more than a pass over the text.
constexpr std::size_t kFewLiterals = 4;

// The anchors of one slot that are found by a literal.
struct ByLiteral {
  std::map<std::string, std::vector<std::uint32_t>> anchors;
  std::vector<std::uint32_t> all;
};

ByLiteral settle_one(Anchors& anchors,
                     const std::function<const sigma::Item&(std::uint32_t)>& item_of) {
  ByLiteral found;
  std::vector<std::pair<text::Network, std::uint32_t>> networks;
  for (std::uint32_t at = 0; at < anchors.anchors.size(); ++at) {
    const sigma::Item& item = item_of(anchors.anchors[at].predicate);
    const std::vector<std::string> literals = literals_of(item);
    for (const std::string& literal : literals) found.anchors[literal].push_back(at);
    if (!literals.empty()) {
      found.all.push_back(at);
    } else if (is_of_networks(item)) {
      for (const sigma::Value& value : item.values) {
        networks.emplace_back(std::get<sigma::NetworkValue>(value).network, at);
      }
    } else {
      anchors.others.push_back(at);
    }
  }
  if (!networks.empty()) anchors.networks.emplace(std::move(networks));
  return found;
}

}  // namespace

std::optional<text::LiteralSet> settle(
    std::vector<Anchors>& all, const std::function<const sigma::Item&(std::uint32_t)>& item_of) {
  std::vector<ByLiteral> found;
  std::map<std::string, std::uint32_t> numbers;
  for (Anchors& anchors : all) {
    found.push_back(settle_one(anchors, item_of));
    if (found.back().anchors.size() <= kFewLiterals) continue;
    for (const auto& [literal, its] : found.back().anchors) numbers.emplace(literal, 0);
  }
  std::vector<std::string> literals;
  for (auto& [literal, number] : numbers) {
    number = static_cast<std::uint32_t>(literals.size());
    literals.push_back(literal);
  }
  std::optional<text::LiteralSet> set;
  if (!literals.empty()) {
    if (auto made = text::LiteralSet::of(literals)) set = std::move(*made);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!set || found[i].anchors.size() <= kFewLiterals) {
      all[i].others.insert(all[i].others.end(), found[i].all.begin(), found[i].all.end());
      continue;
    }
    for (auto& [literal, its] : found[i].anchors)
      all[i].anchors_of_literal.emplace(numbers.at(literal), std::move(its));
  }
  return set;
}

}  // namespace nepho::plan
