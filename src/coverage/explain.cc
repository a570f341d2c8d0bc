// The words here are those of the legend, the JSON form and the page: one sentence a step, so that
// a reader of any of them finds the same. Nothing is decided here; assess.cc has decided, and this
// retells it from the cell alone.
#include "coverage/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.h"
#include "coverage/appearance.h"
#include "coverage/explain_proof.h"

namespace nepho::coverage {
namespace {

using attack::Applies;

// The id where a cell's provider is none of the columns, as in a coverage made by hand.
std::string provider_name(const Coverage& coverage, const Cell& cell) {
  const ProviderColumn* provider = coverage.find_provider(cell.provider);
  return provider == nullptr ? cell.provider : provider->name;
}

// Who says so stands behind it: a curated exception weighs more than ATT&CK's platform, and a
// reader who disagrees must know whom to ask.
Step applies(const Coverage& coverage, const Cell& cell) {
  const std::string where = provider_name(coverage, cell);
  const attack::Applicability& said = cell.applicability;
  const auto sentence = [&](std::string_view verdict) {
    return Step{StepKind::kApplies,
                fmt::format("{} {} {}: {} (said by: {})", cell.technique.value, verdict, where,
                            said.reason, attack::to_string(said.origin))};
  };
  switch (said.applies) {
    case Applies::kYes: return sentence("applies to");
    case Applies::kNo: return sentence("does not apply to");
    case Applies::kUnknown: break;
  }
  Step step = sentence("may or may not apply to");
  step.text += "; it is shown, and left out of the percentages";
  return step;
}

Step log_sources(const Coverage& coverage, const Cell& cell) {
  const std::string where = provider_name(coverage, cell);
  // A reader who knows the log as switched on must see why it is not among these.
  std::string dark;
  if (const ProviderColumn* provider = coverage.find_provider(cell.provider)) {
    for (const std::string& reason : provider->dark) dark += "; " + reason;
  }
  if (cell.log_sources.empty()) {
    return {StepKind::kLogSource, fmt::format("no log source of {} arrives{}", where, dark)};
  }
  // Their ids stand in nephometer.yml, where a part of a source may be called anything.
  std::vector<std::string> ids;
  for (const std::string& id : cell.log_sources) ids.push_back(escape_for_log(id));
  return {StepKind::kLogSource,
          fmt::format("logs of {} arrive: {}{}", where, fmt::join(ids, ", "), dark)};
}

// Half of the public rules for T1078 and T1098 carry the parent's tag alone; the reader must see
// that such a rule may have nothing to do with the sub-technique.
std::string tag_in_words(Through through, const Cell& cell) {
  switch (through) {
    case Through::kOwnTag: return fmt::format("is tagged {}", cell.technique.value);
    case Through::kParentTag:
      return fmt::format("is tagged {}, which grants an untested sub-technique at most 'mapped'",
                         attack::parent_of(cell.technique).value);
    case Through::kSubtechniqueTag:
      return fmt::format("is tagged a sub-technique of {}, one part of it", cell.technique.value);
  }
  return {};
}

// What runs elsewhere is a claim: nobody here has seen it fire, nor can play it.
std::string product_in_words(const RuleSummary& rule) {
  if (rule.format == "sigma" || rule.format.empty()) return {};
  return fmt::format(", on paper: it runs in its own product ({})", escape_for_log(rule.format));
}

Step working(const RuleSummary& rule, const RuleUse& use, const Cell& cell) {
  std::string fired = rule.fired == 0 ? "" : fmt::format("; it fired {} times", rule.fired);
  if (rule.fired == 1) fired = "; it fired once";
  return {StepKind::kRule,
          fmt::format("rule '{}' ({}) works and {}{}{}", rule_name(rule),
                      rule.status.empty() ? "no status" : escape_for_log(rule.status),
                      tag_in_words(use.through, cell), product_in_words(rule), fired)};
}

// All reasons: who mends the first should not find the second on the next run.
Step broken(const RuleSummary& rule, const BrokenUse& use) {
  return {StepKind::kBroken, fmt::format("rule '{}' names this cell but counts nothing: {}",
                                         rule_name(rule), reasons(use.faults))};
}

// The state's name as JSON has it, what it means, and which of the list of states held first.
Step conclusion(const Coverage& coverage, const Cell& cell) {
  const Appearance& look = appearance_of(cell.state);
  return {StepKind::kState, fmt::format("{}: {} ({})", to_string(cell.state), look.meaning,
                                        why_state(coverage, cell))};
}

}  // namespace

std::string_view to_string(StepKind kind) {
  switch (kind) {
    case StepKind::kApplies: return "applies";
    case StepKind::kLogSource: return "log-source";
    case StepKind::kRule: return "rule";
    case StepKind::kNative: return "native";
    case StepKind::kBroken: return "broken";
    case StepKind::kChance: return "chance";
    case StepKind::kEvidence: return "evidence";
    case StepKind::kProcedure: return "procedure";
    case StepKind::kPart: return "part";
    case StepKind::kCoverage: return "coverage";
    case StepKind::kAccepted: return "accepted";
    case StepKind::kState: return "state";
  }
  return "state";
}

std::string reasons(const std::vector<Broken>& faults) {
  std::string text;
  for (const Broken& fault : faults) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", to_string(fault.fault), fault.reason);
  }
  return text;
}

// Broken rules come behind the working ones: they explain what is missing, not what is there.
std::vector<Step> explain(const Coverage& coverage, const Cell& cell) {
  std::vector<Step> steps{applies(coverage, cell)};
  if (cell.applicability.applies == Applies::kNo) {
    steps.push_back(conclusion(coverage, cell));
    return steps;
  }
  steps.push_back(log_sources(coverage, cell));
  for (const RuleUse& use : cell.rules) {
    steps.push_back(working(coverage.rules[use.rule], use, cell));
  }
  if (cell.rules.empty()) {
    steps.push_back({StepKind::kRule, "no working rule names it, its parent or a part of it"});
  }
  for (const NativeUse& use : cell.native) {
    steps.push_back({StepKind::kNative,
                     fmt::format("{} claims to detect it ({}): a claim, which changes no state",
                                 escape_for_log(coverage.native[use.detector].title), use.grade)});
  }
  for (const BrokenUse& use : cell.broken_rules) {
    steps.push_back(broken(coverage.rules[use.rule], use));
  }
  for (Step& step : explain_proof(coverage, cell)) steps.push_back(std::move(step));
  if (!cell.accepted.empty())
    steps.push_back({StepKind::kAccepted, "its risk is " + cell.accepted});
  steps.push_back(conclusion(coverage, cell));
  return steps;
}

}  // namespace nepho::coverage
