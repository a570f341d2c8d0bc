#include "inventory/suggest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/printable.h"
#include "inventory/problems.h"

namespace nepho::inventory {
namespace {

constexpr double kLeastScore = 0.27;            // a guess: one medium event in five
constexpr std::size_t kMostSuggestions = 3;     // a guess: who is asked to choose reads no more
constexpr std::size_t kMostEventsInReason = 4;  // that a line still shows

struct Votes {
  double confidence = 0;  // of the surest event
  std::vector<std::string> events;
};

bool is_below(std::string_view technique, std::string_view parent) {
  return technique.size() > parent.size() && technique.starts_with(parent) &&
         technique[parent.size()] == '.';
}

// A value's literal pieces; what a wildcard stands for is a break.
void append_text(const sigma::Value& value, std::string& text) {
  const auto* pattern = std::get_if<sigma::TextValue>(&value);
  const auto* regex = std::get_if<sigma::RegexValue>(&value);
  if (pattern != nullptr) {
    for (const auto& piece : pattern->pattern.pieces()) {
      const bool is_literal = piece.kind == text::WildcardPattern::Kind::kLiteral;
      text.append(is_literal ? std::string_view(piece.literal) : " ");
    }
  } else if (regex != nullptr) {
    text.append(regex->regex.source());
  }
  text += '\n';
}

bool is_about_technique(const Problem& problem) {
  return problem.error.code == kUnmapped || problem.error.code == kTacticOnly ||
         problem.error.code == kParentOnly;
}

}  // namespace

std::string asked_text(const sigma::Rule& rule) {
  std::string text;
  std::set<std::size_t> taken;
  std::vector<const sigma::Expression*> open{&rule.condition};
  while (!open.empty()) {
    const sigma::Expression& expression = *open.back();
    open.pop_back();
    if (expression.kind == sigma::Expression::Kind::kNot) continue;
    for (const sigma::Expression& child : expression.children) open.push_back(&child);
    if (expression.kind != sigma::Expression::Kind::kItem) continue;
    const sigma::Item& item = rule.items[expression.item];
    if (item.negated || !taken.insert(expression.item).second) continue;
    text.append(item.field).append(": ");
    for (const sigma::Value& value : item.values) append_text(value, text);
  }
  return text;
}

std::vector<Suggestion> suggest(std::string_view text, const std::vector<std::string>& providers,
                                const DecisiveEvents& events) {
  std::map<std::string, Votes, std::less<>> by_technique;
  std::set<std::string_view> all_events;
  for (const std::string& provider : providers) {
    for (const DecisiveEvent* event : events.in(text, provider)) {
      all_events.insert(event->words);
      Votes& votes = by_technique[event->technique];
      votes.confidence = std::max(votes.confidence, event->confidence);
      if (std::ranges::count(votes.events, event->words) == 0) votes.events.push_back(event->words);
    }
  }
  std::vector<Suggestion> suggestions;
  for (auto& [technique, votes] : by_technique) {
    const double share =
        static_cast<double>(votes.events.size()) / static_cast<double>(all_events.size());
    const double score = votes.confidence * (1 + share) / 2;
    if (score < kLeastScore) continue;
    suggestions.push_back({technique, score, std::move(votes.events)});
  }
  std::ranges::stable_sort(suggestions, std::ranges::greater(), &Suggestion::confidence);
  if (suggestions.size() > kMostSuggestions) suggestions.resize(kMostSuggestions);
  return suggestions;
}

std::vector<Suggestion> useful_suggestions(const Detection& detection) {
  std::vector<Suggestion> useful;
  if (detection.is_silent) return useful;  // its correlations name what is found
  const auto is_named = [&](const Suggestion& suggestion) {
    return std::ranges::count(detection.techniques, suggestion.technique) != 0;
  };
  for (const Suggestion& suggestion : detection.suggestions) {
    const bool is_new =
        detection.techniques.empty() ||
        std::ranges::any_of(detection.techniques, [&](const std::string& parent) {
          const bool has_sub = std::ranges::any_of(
              detection.techniques, [&](const std::string& id) { return is_below(id, parent); });
          return !has_sub && is_below(suggestion.technique, parent);
        });
    if (is_new && !is_named(suggestion)) useful.push_back(suggestion);
  }
  return useful;
}

void hint_suggestions(Detection& detection) {
  const std::vector<Suggestion> useful = useful_suggestions(detection);
  for (Problem& problem : detection.problems) {
    if (!is_about_technique(problem)) continue;
    const auto fitting = std::ranges::find_if(useful, [&](const Suggestion& suggestion) {
      const std::string_view parent = std::string_view(suggestion.technique).substr(0, 5);
      return problem.error.code != kParentOnly || problem.error.message.starts_with(parent);
    });
    if (fitting == useful.end()) continue;
    problem.error.hint = fmt::format("{} suggests {}", reason_of(*fitting), fitting->technique);
  }
}

std::string reason_of(const Suggestion& suggestion) {
  std::vector<std::string> shown;
  for (const std::string& event : suggestion.events) {
    if (shown.size() == kMostEventsInReason) break;
    shown.push_back(event);
  }
  const std::size_t num_more = suggestion.events.size() - shown.size();
  return fmt::format("{}{}", fmt::join(shown, ", "),
                     num_more == 0 ? "" : fmt::format(" and {} more", num_more));
}

}  // namespace nepho::inventory
