// Two questions a rule and log source: did an event come whose dispatch fields have what the rule
// asks of them, as far as they are plain strings; and has any record each field that the rule
// cannot do without.
#include "detect/rule_chance.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "event/path_marks.h"
#include "sigma/needed_fields.h"

namespace nepho::detect {
namespace {

using Verdict = RuleChance::Verdict;

// Which rules of one log source the kinds of its events reach.
struct Reach {
  std::vector<bool> by_all;                 // by rule: some event has what it asks of all fields
  std::vector<std::vector<bool>> by_field;  // by dispatch field and rule: of this field
};

Reach reach_of(const plan::SourcePlan& source, const SourceSurvey& survey) {
  const std::size_t num_fields = source.dispatch_slots.size();
  const bool is_unsure = !survey.has_all_kinds || num_fields == 0;
  Reach reach{std::vector<bool>(source.rules.size(), is_unsure),
              {num_fields, std::vector<bool>(source.rules.size(), false)}};
  for (const auto& [kind, count] : survey.kinds) {
    const std::vector<std::optional<std::string_view>> texts(kind.begin(), kind.end());
    for (const std::uint32_t rule : source.dispatch->candidates(texts)) reach.by_all[rule] = true;
    for (std::size_t field = 0; field < num_fields; ++field) {
      std::vector<std::optional<std::string_view>> alone(num_fields);
      alone[field] = texts[field];
      for (const std::uint32_t rule : source.dispatch->candidates(alone))
        reach.by_field[field][rule] = true;
    }
  }
  return reach;
}

// The dispatch field of which no event has what the rule asks; where each has been met, though
// never together, the last, which tells most.
RuleChance no_event(const plan::SourcePlan& source, std::size_t rule, const Reach& reach) {
  RuleChance chance{Verdict::kNoEvent, {}, {}};
  for (std::size_t field = 0; field < reach.by_field.size(); ++field) {
    const auto& required = source.dispatch->required(rule, field);
    if (!required) continue;
    chance.field = source.source->dispatch[field];
    chance.wanted.assign(required->begin(), required->end());
    if (!reach.by_field[field][rule]) break;
  }
  return chance;
}

// A field without which the rule cannot hold and that no record has.
std::optional<std::string> missing_field(const sigma::Rule& rule, const event::LogSource& source,
                                         const SourceSurvey& survey) {
  if (survey.num_fields_left_out != 0) return std::nullopt;
  for (const std::string_view field : sigma::needed_fields(rule)) {
    const auto paths = source.paths_of(field);
    const bool is_there = std::ranges::any_of(paths, [&](std::string_view path) {
      return survey.fields.contains(event::keys_in_front(path));
    });
    if (!is_there) return std::string(field);
  }
  return std::nullopt;
}

}  // namespace

std::vector<RuleChance> rule_chances(const plan::Plan& plan,
                                     const std::vector<SourceSurvey>& surveys) {
  std::vector<RuleChance> chances(plan.rules().size());
  const auto note = [&](std::uint32_t rule, RuleChance chance) {
    if (chance.verdict < chances[rule].verdict) chances[rule] = std::move(chance);
  };
  for (std::size_t i = 0; i < surveys.size(); ++i) {
    const plan::SourcePlan& source = *plan.sources()[i];
    const SourceSurvey& survey = surveys[i];
    const Reach reach = reach_of(source, survey);
    for (std::size_t rule = 0; rule < source.rules.size(); ++rule) {
      const std::uint32_t index = source.rules[rule];
      if (survey.num_records == 0) {
        note(index, {Verdict::kNoRecord, {}, {}});
      } else if (!reach.by_all[rule]) {
        note(index, no_event(source, rule, reach));
      } else if (const auto field =
                     source.source == nullptr
                         ? std::nullopt
                         : missing_field(plan.rules()[index], *source.source, survey)) {
        note(index, {Verdict::kNoField, *field, {}});
      } else {
        note(index, {Verdict::kCould, {}, {}});
      }
    }
  }
  return chances;
}

}  // namespace nepho::detect
