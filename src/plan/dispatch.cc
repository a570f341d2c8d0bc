#include "plan/dispatch.h"

#include <algorithm>
#include <variant>

#include "text/fold.h"

namespace nepho::plan {
namespace {

using sigma::Expression;

// The folded text that `value` asks for, when it is one exact text.
std::optional<std::string> exact_text(const sigma::Value& value) {
  const auto* text = std::get_if<sigma::TextValue>(&value);
  if (text == nullptr || !text->pattern.is_literal()) return std::nullopt;
  return text::fold_case(text->pattern.literal_text());
}

std::optional<RequiredTexts> required_by(const sigma::Item& item, std::string_view field) {
  if (item.field != field || item.array || item.negated || item.values.empty()) return std::nullopt;
  RequiredTexts texts;
  for (const sigma::Value& value : item.values) {
    auto text = exact_text(value);
    if (!text) return std::nullopt;
    texts.insert(std::move(*text));
    if (item.all) break;  // the first alone is required already
  }
  return texts;
}

// Of a condition: an "and" requires what its most demanding part does, an "or" what any of its
// parts may be content with, if all demand something. Recursion is as deep as the rule's condition.
std::optional<RequiredTexts> required_by(const sigma::Rule& rule, const Expression& part,
                                         std::string_view field) {
  std::optional<RequiredTexts> required;
  switch (part.kind) {
    case Expression::Kind::kItem: return required_by(rule.items[part.item], field);
    case Expression::Kind::kNot: return std::nullopt;
    case Expression::Kind::kAnd:
      for (const Expression& child : part.children) {
        auto texts = required_by(rule, child, field);
        if (texts && (!required || texts->size() < required->size())) required = std::move(texts);
      }
      return required;
    case Expression::Kind::kOr:
      required.emplace();
      for (const Expression& child : part.children) {
        auto texts = required_by(rule, child, field);
        if (!texts) return std::nullopt;
        required->merge(*texts);
      }
      return required;
  }
  return std::nullopt;
}

}  // namespace

std::optional<RequiredTexts> required_texts(const sigma::Rule& rule, std::string_view field) {
  return required_by(rule, rule.condition, field);
}

void Dispatch::add(std::uint32_t rule, std::vector<std::optional<RequiredTexts>> required) {
  const std::size_t entry = entries_.size();
  // Reached through the field that tells most: the last one that the log source lists.
  std::size_t key = required.size();
  while (key > 0 && !required[key - 1]) --key;
  if (key == 0) {
    without_key_.push_back(entry);
  } else {
    keyed_[key - 1].push_back(entry);
    for (const std::string& text : *required[key - 1]) by_text_[key - 1][text].push_back(entry);
  }
  entries_.push_back({rule, std::move(required)});
}

bool Dispatch::can_reach(const Entry& entry,
                         std::span<const std::optional<std::string>> folded) const {
  for (std::size_t field = 0; field < folded.size(); ++field) {
    const auto& required = entry.required[field];
    if (required && folded[field] && !required->contains(*folded[field])) return false;
  }
  return true;
}

std::vector<std::uint32_t> Dispatch::candidates(
    std::span<const std::optional<std::string_view>> texts) const {
  std::vector<std::optional<std::string>> folded;
  for (const auto& text : texts) {
    folded.push_back(text ? std::optional(text::fold_case(*text)) : std::nullopt);
  }
  std::vector<std::size_t> reached = without_key_;
  for (std::size_t field = 0; field < folded.size(); ++field) {
    if (!folded[field]) {
      reached.insert(reached.end(), keyed_[field].begin(), keyed_[field].end());
    } else if (const auto found = by_text_[field].find(*folded[field]);
               found != by_text_[field].end()) {
      reached.insert(reached.end(), found->second.begin(), found->second.end());
    }
  }
  std::sort(reached.begin(), reached.end());
  std::vector<std::uint32_t> rules;
  for (const std::size_t entry : reached) {
    if (can_reach(entries_[entry], folded)) rules.push_back(entries_[entry].rule);
  }
  return rules;
}

std::vector<std::uint32_t> Dispatch::reached_by_all() const {
  std::vector<std::uint32_t> rules;
  for (const std::size_t entry : without_key_) rules.push_back(entries_[entry].rule);
  return rules;
}

}  // namespace nepho::plan
