#include "inventory/event_lint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/printable.h"
#include "inventory/problems.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace nepho::inventory {
namespace {

using event::EventNames;

// The items that a rule asks of an event, not those under "not". Recurses as deep as the
// condition, which the rule's parser bounds.
void add_asked(const sigma::Rule& rule, const sigma::Expression& expression,
               std::vector<const sigma::Item*>& asked) {
  if (expression.kind == sigma::Expression::Kind::kNot) return;
  if (expression.kind == sigma::Expression::Kind::kItem) {
    const sigma::Item& item = rule.items[expression.item];
    const bool is_counted = std::ranges::find(asked, &item) != asked.end();
    if (!item.is_keyword() && !item.negated && !item.array && !is_counted) asked.push_back(&item);
    return;
  }
  for (const sigma::Expression& child : expression.children) add_asked(rule, child, asked);
}

// The pattern as rules write it, folded.
std::string shown(const text::WildcardPattern& pattern) {
  using Kind = text::WildcardPattern::Kind;
  std::string out;
  for (const auto& piece : pattern.pieces())
    out += piece.kind == Kind::kAnyRun ? "*" : piece.kind == Kind::kAnyOne ? "?" : piece.literal;
  return out;
}

// The item's patterns; nothing where it tests by anything else too.
std::optional<std::vector<const text::WildcardPattern*>> patterns_of(const sigma::Item& item) {
  std::vector<const text::WildcardPattern*> patterns;
  for (const sigma::Value& value : item.values) {
    const auto* text = std::get_if<sigma::TextValue>(&value);
    if (text == nullptr) return std::nullopt;
    patterns.push_back(&text->pattern);
  }
  return patterns;
}

// "createfunction20150331v2" -> "createfunction", "getdistribution2020_05_31" -> "getdistribution".
std::string_view without_date(std::string_view name) {
  std::string_view rest = name;
  if (rest.size() > 2 && rest[rest.size() - 2] == 'v') rest.remove_suffix(2);
  std::size_t num_digits = 0;
  while (!rest.empty() && ((rest.back() >= '0' && rest.back() <= '9') || rest.back() == '_')) {
    num_digits += rest.back() == '_' ? 0U : 1U;
    rest.remove_suffix(1);
  }
  return num_digits == 8 ? rest : name;
}

// Whether one slip of the pen leads from one text to the other: they differ in one stretch of at
// most two characters. Short names are too near each other to tell.
bool is_slip(std::string_view word, std::string_view known) {
  constexpr std::size_t kMost = 2;
  constexpr std::size_t kShort = 8;
  const std::string folded = text::fold_case(known);
  if (folded.size() < kShort) return false;
  const std::size_t least = std::min(word.size(), folded.size());
  std::size_t front = 0;
  while (front < least && word[front] == folded[front]) ++front;
  std::size_t back = 0;
  while (back < least - front && word[word.size() - 1 - back] == folded[folded.size() - 1 - back])
    ++back;
  return word.size() - front - back <= kMost && folded.size() - front - back <= kMost;
}

class Lint {
 public:
  Lint(const sigma::Rule& rule, const event::LogSource& source, const event::EventFacts& facts)
      : rule_(rule), source_(source), facts_(facts) {
    add_asked(rule, rule.condition, asked_);
    for (const sigma::Item* item : asked_) {
      if (!facts.group.empty() && stands_for(*item, facts.group)) note_groups(*item);
      if (stands_for(*item, facts.name)) names_.push_back(item);
    }
    if (any_group_ || groups_.empty()) groups_ = {""};
  }

  std::vector<Problem> run() {
    for (const sigma::Item* item : asked_) check_values(*item);
    for (const sigma::Item* item : names_) {
      check_names(*item);
      check_remarks(*item);
    }
    for (const sigma::Item* item : asked_) check_misread(*item);
    return std::move(problems_);
  }

 private:
  bool stands_for(const sigma::Item& item, std::string_view path) const {
    const auto paths = source_.paths_of(item.field);
    return std::ranges::find(paths, path) != paths.end();
  }

  void note_groups(const sigma::Item& item) {
    const auto patterns = patterns_of(item);
    any_group_ = any_group_ || !patterns;
    for (const auto* pattern : patterns.value_or(std::vector<const text::WildcardPattern*>{})) {
      any_group_ = any_group_ || !pattern->is_literal();
      groups_.push_back(shown(*pattern));
    }
  }

  void add(Severity severity, const sigma::Item& item, ErrorCode code, std::string message,
           std::string hint = {}) {
    problems_.push_back({severity,
                         Error(code, std::move(message),
                               {.file = rule_.place.file, .line = item.line, .column = item.column},
                               std::move(hint)),
                         {}});
  }

  // Values of an enumerated field that it never has: a warning where none of the item's can be.
  void check_values(const sigma::Item& item) {
    const auto patterns = patterns_of(item);
    if (!patterns) return;
    for (const auto& [path, values] : facts_.values) {
      if (!stands_for(item, path)) continue;
      std::vector<const text::WildcardPattern*> never;
      for (const auto* pattern : *patterns) {
        const bool occurs = std::ranges::any_of(
            values, [&](const auto& value) { return pattern->matches_ignoring_case(value); });
        if (!occurs) never.push_back(pattern);
      }
      const std::vector<std::string_view> known(values.begin(), values.end());
      for (const auto* pattern : never) {
        const std::string meant = text::did_you_mean(shown(*pattern), known);
        add(is_serious(item, never.size()), item, kUnknownValue,
            fmt::format("'{}' never has the value '{}' in {}", escape_for_log(item.field),
                        escape_for_log(shown(*pattern)), source_.id),
            meant.empty() ? fmt::format("its values are {}", fmt::join(values, ", ")) : meant);
      }
    }
  }

  // A list of which something still occurs does its work in part.
  static Severity is_serious(const sigma::Item& item, std::size_t num_wrong) {
    const bool holds_never = item.all ? num_wrong != 0 : num_wrong == item.values.size();
    return holds_never ? Severity::kWarning : Severity::kNote;
  }

  bool occurs(const EventNames& names, std::string_view name) const {
    return std::ranges::any_of(
        groups_, [&](const std::string& group) { return event::has_event(names, group, name); });
  }

  bool is_asked(std::string_view group) const {
    return std::ranges::any_of(groups_, [&](const std::string& asked) {
      return asked.empty() || text::equal_ignoring_case(asked, group);
    });
  }

  // Whether all groups that the rule asks for are known, so that it can be said what is in none.
  bool are_groups_known() const {
    return std::ranges::all_of(groups_, [&](const std::string& group) {
      return group.empty() || std::ranges::any_of(facts_.names, [&](const auto& known) {
               return text::equal_ignoring_case(known.first, group);
             });
    });
  }

  void check_names(const sigma::Item& item) {
    const auto patterns = patterns_of(item);
    if (!patterns || facts_.names.empty() || !are_groups_known()) return;
    std::vector<std::pair<std::string, std::string>> wrong;  // and what to do
    for (const auto* pattern : *patterns) {
      if (!pattern->is_literal()) continue;
      const std::string name = shown(*pattern);
      const std::string_view bare = without_date(name);
      if (occurs(facts_.names, bare) || is_never_logged(name)) continue;
      std::string hint = owner_of(bare);
      if (hint.empty()) hint = slip_of(bare);
      if (!hint.empty()) wrong.emplace_back(name, std::move(hint));
    }
    for (auto& [name, hint] : wrong) {
      add(is_serious(item, wrong.size()), item, kUnknownEvent,
          groups_.front().empty()
              ? fmt::format("{} has no event '{}'", source_.id, escape_for_log(name))
              : fmt::format("{} has no event '{}'", fmt::join(groups_, " or "),
                            escape_for_log(name)),
          std::move(hint));
    }
  }

  bool is_never_logged(std::string_view name) const {
    return std::ranges::any_of(facts_.never,
                               [&](const auto& remark) { return occurs(remark.events, name); });
  }

  // "it is an event of x": of the services that have it where the rule's have not.
  std::string owner_of(std::string_view name) const {
    std::vector<std::string_view> owners;
    for (const auto& [group, names] : facts_.names) {
      if (event::has_event({{group, names}}, "", name)) owners.push_back(group);
    }
    return owners.empty() ? "" : fmt::format("it is an event of {}", fmt::join(owners, ", "));
  }

  std::string slip_of(std::string_view name) const {
    for (const auto& [group, names] : facts_.names) {
      if (!is_asked(group)) continue;
      for (const std::string& known : names) {
        if (is_slip(name, known)) return fmt::format("did you mean '{}'?", known);
      }
    }
    return "";
  }

  void check_remarks(const sigma::Item& item) {
    const auto patterns = patterns_of(item);
    if (!patterns) return;
    for (const event::EventFacts::Remark& remark : facts_.only_with) {
      const auto names = of_item(*patterns, remark.events);
      if (names.empty()) continue;
      add(Severity::kNote, item, kOptionalEvent,
          fmt::format("{} {} only logged when {}", fmt::join(names, ", "),
                      names.size() == 1 ? "is" : "are", remark.text),
          names.size() == patterns->size() ? "without that the rule stays silent" : "");
    }
    for (const event::EventFacts::Remark& remark : facts_.never) {
      const auto names = of_item(*patterns, remark.events);
      if (names.empty()) continue;
      add(is_serious(item, names.size()), item, kNeverLogged,
          fmt::format("{} is never logged: {}", fmt::join(names, ", "), remark.text));
    }
  }

  // Those of the item's names that `events` has, as it spells them.
  std::vector<std::string> of_item(const std::vector<const text::WildcardPattern*>& patterns,
                                   const EventNames& events) const {
    std::vector<std::string> names;
    for (const auto& [group, all] : events) {
      if (!is_asked(group)) continue;
      for (const std::string& name : all) {
        const bool is_named = std::ranges::any_of(patterns, [&](const auto* pattern) {
          return pattern->is_literal() && pattern->matches_ignoring_case(name);
        });
        if (is_named) names.push_back(name);
      }
    }
    return names;
  }

  void check_misread(const sigma::Item& item) {
    for (const event::EventFacts::Misread& misread : facts_.misread) {
      if (!stands_for(item, misread.field)) continue;
      const std::vector<std::string> asked = only_events(misread.events);
      if (asked.empty()) continue;
      std::string instead = misread.instead;
      if (const std::size_t at = instead.find("{value}"); at != instead.npos) {
        const auto value = only_value(item, misread.values);
        if (!value) continue;
        instead.replace(at, std::string_view("{value}").size(), *value);
      }
      add(Severity::kWarning, item, kMisreadField,
          fmt::format("records of {} have what is asked for at '{}', seldom at '{}'",
                      fmt::join(asked, ", "), instead, escape_for_log(item.field)),
          fmt::format("did you mean '{}'?", instead));
    }
  }

  // The events, when the rule asks for these and no others.
  std::vector<std::string> only_events(const std::vector<std::string>& events) const {
    std::vector<std::string> asked;
    for (const sigma::Item* item : names_) {
      const auto patterns = patterns_of(*item);
      if (!patterns) return {};
      for (const auto* pattern : *patterns) {
        const auto known = std::ranges::find_if(events, [&](const std::string& name) {
          return pattern->is_literal() && pattern->matches_ignoring_case(name);
        });
        if (known == events.end()) return {};
        if (std::ranges::find(asked, *known) == asked.end()) asked.push_back(*known);
      }
    }
    return asked;
  }

  // The one of `values` that the item asks for, and nothing else.
  static std::optional<std::string> only_value(const sigma::Item& item,
                                               const std::vector<std::string>& values) {
    const auto patterns = patterns_of(item);
    if (!patterns || patterns->size() != 1 || !patterns->front()->is_literal()) return std::nullopt;
    const auto known = std::ranges::find_if(values, [&](const std::string& value) {
      return patterns->front()->matches_ignoring_case(value);
    });
    return known == values.end() ? std::nullopt : std::optional(*known);
  }

  const sigma::Rule& rule_;
  const event::LogSource& source_;
  const event::EventFacts& facts_;
  std::vector<const sigma::Item*> asked_;
  std::vector<const sigma::Item*> names_;  // those of asked_ that ask for an event's name
  std::vector<std::string> groups_;        // that are asked for, folded; {""}: any
  bool any_group_ = false;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> lint_events(const sigma::Rule& rule, const event::LogSource& source,
                                 const event::EventFacts& facts) {
  return Lint(rule, source, facts).run();
}

}  // namespace nepho::inventory
