#include "cli/rules_on_trial.h"

#include <algorithm>

#include "cli/rule_documents.h"
#include "coverage/gate.h"
#include "inventory/take.h"
#include "sigma/digest.h"

namespace nepho::cli {
namespace {

// The first fault of a document that keeps it from running.
std::string first_problem(const sigma::Document& document) {
  for (const Problem& problem : document.problems) {
    if (problem.severity == Severity::kError) return problem.error.message;
  }
  return document.problems.empty() ? "it cannot be run" : document.problems.front().error.message;
}

bool reaches_somebody(const sigma::Rule& rule) {
  return !rule.level || *rule.level != sigma::Level::kInformational;
}

class Loader {
 public:
  Loader(const inventory::References& references, LoadReport& report)
      : references_(references), report_(report) {}

  void take(sigma::Document document) {
    for (const Problem& problem : document.problems) {
      report_.add(problem.severity, problem.error, problem.fix);
    }
    const auto detection = inventory::to_detection(document, references_);
    if (!detection) return;  // a filter: it is part of the rules it names
    const auto gate = [&](std::string reason) {
      gated_.push_back({detection->id, detection->name, detection->techniques, std::move(reason)});
    };
    if (!document.is_runnable) return gate(first_problem(document));
    if (const auto faults = coverage::faults_of(*detection); !faults.empty()) {
      return gate(faults.front().reason);
    }
    claims_.push_back({document.rule.id.value, document.rule.title, detection->techniques,
                       sigma::digest_of(document.rule),
                       reaches_somebody(document.rule) && !document.rule.is_silent});
    rules_.push_back(std::move(document.rule));
  }

  std::unique_ptr<RulesOnTrial> finish(const event::LogSources& sources) {
    auto all = std::make_unique<RulesOnTrial>();
    all->rules = std::move(rules_);
    all->plan =
        std::make_unique<plan::Plan>(all->rules, sources, plan::PlanOptions{.strict = true});
    all->book = std::make_unique<exercise::RuleBook>(
        exercise::RuleBook{*all->plan, std::move(claims_), std::move(gated_)});
    return all;
  }

 private:
  const inventory::References& references_;
  LoadReport& report_;
  std::vector<sigma::Rule> rules_;
  std::vector<exercise::RuleClaim> claims_;
  std::vector<exercise::GatedRule> gated_;
};

}  // namespace

Result<std::unique_ptr<RulesOnTrial>> load_rules_on_trial(Session& session,
                                                          const sigma::Placeholders& stand_ins) {
  auto read = load_rules(session, stand_ins);
  if (!read) return std::unexpected(read.error());
  LoadReport report;
  Loader loader(read->references, report);
  for (sigma::Document& document : read->documents) loader.take(std::move(document));
  session.report(report);
  return loader.finish(session.log_sources());
}

Result<exercise::IsReceived> received_logs(Session& session) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr || (*workspace)->log_sources.empty()) {
    return exercise::IsReceived([](std::string_view) { return true; });
  }
  return exercise::IsReceived([found = *workspace](std::string_view id) {
    const workspace::LogSourceUse* use = found->find_log_source(id);
    return use != nullptr && use->coverage > 0;
  });
}

}  // namespace nepho::cli
