#include "cli/assessment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/printable.h"
#include "cli/collected_logs.h"
#include "cli/matrix.h"
#include "cli/rule_documents.h"
#include "cli/rule_options.h"
#include "coverage/assess.h"
#include "coverage/baseline.h"
#include "coverage/robustness.h"
#include "event/schema_digest.h"
#include "exercise/operations.h"
#include "exercise/procedure.h"
#include "inventory/take.h"
#include "sigma/digest.h"
#include "text/nearest.h"
#include "text/timestamp.h"
#include "workspace/evidence_log.h"
#include "workspace/fired.h"
#include "workspace/priors_file.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUnknownProvider{"cli.unknown_provider"};

using Providers = std::vector<const attack::Provider*>;

// What a level is computed from is the rule's text, which the detections no longer have.
std::map<std::string, int, std::less<>> robustness_levels(
    const std::vector<sigma::Document>& documents, const coverage::RobustnessTable& table) {
  std::map<std::string, int, std::less<>> levels;
  for (const sigma::Document& document : documents) {
    if (document.kind != sigma::DocumentKind::kRule || !document.is_runnable) continue;
    levels[sigma::digest_of(document.rule)] = coverage::robustness_of(document.rule, table);
  }
  return levels;
}

// Rules that cannot be read make the exit code 2, and are detections all the same: they are listed
// as broken with what they would have mapped.
Result<void> read_rules(Session& session, std::vector<std::string> paths,
                        coverage::Inputs& inputs) {
  auto read = read_detections(session, std::move(paths));
  if (!read) return std::unexpected(read.error());
  const auto num_copies = std::ranges::count_if(
      read->detections, [](const auto& rule) { return rule.duplicate_of.has_value(); });
  if (num_copies != 0)
    session.messages().note(
        fmt::format("{} of {} rules are copies of others and count once ('nepho map --lint' names "
                    "them)",
                    num_copies, read->detections.size()));
  const auto table = coverage::load_robustness(session.knowledge());
  if (!table) return std::unexpected(table.error());
  inputs.robustness = robustness_levels(read->documents, *table);
  inputs.detections = std::move(read->detections);
  return {};
}

// The knowledge's parameters with the workspace's over them. What is wrong in the workspace's was
// met when it was read.
Result<coverage::Model> model_of(Session& session, const workspace::Workspace* workspace) {
  auto model = coverage::load_model(session.knowledge());
  if (!model || workspace == nullptr || !workspace->model) return model;
  auto laid = coverage::override_model(*workspace->model, workspace->file, *model);
  if (!laid) return std::unexpected(laid.error());
  return model;
}

// The ways to carry techniques out that are known: only what they are, not how they are played.
void read_procedures(Session& session, coverage::Inputs& inputs) {
  LoadReport report;
  const auto operations = exercise::Operations::load(session.knowledge(), report);
  for (auto& procedure : exercise::load_procedures(session.knowledge(), operations, report)) {
    inputs.procedures.push_back(std::move(procedure.facts));
  }
  session.report(report);
}

// What has been proven, what by, and what would make that expire.
Result<void> read_evidence(Session& session, const workspace::Workspace* workspace,
                           coverage::Inputs& inputs) {
  inputs.schema_digests = schema_digests(session);
  if (workspace == nullptr) return {};
  auto evidence = workspace::read_evidence(workspace->folder);
  if (!evidence) return std::unexpected(evidence.error());
  inputs.evidence = std::move(*evidence);
  auto priors = workspace::read_priors(workspace->folder);
  if (!priors) return std::unexpected(priors.error());
  inputs.priors = *std::move(priors);
  for (const workspace::ProviderUse& use : workspace->providers) {
    // A provider without accounts has no exposure; it would vanish from the mean.
    if (use.accounts.value_or(0) > 0) {
      inputs.exposure[use.provider] = static_cast<double>(*use.accounts);
    }
  }
  return {};
}

// The native detectors that the workspace has on.
void read_native(Session& session, const workspace::Workspace* workspace,
                 coverage::Inputs& inputs) {
  if (workspace == nullptr || workspace->native.empty()) return;
  LoadReport report;
  inputs.native =
      inventory::load_native_detectors(session.knowledge(), *session.catalogue(), report);
  session.report(report);
  std::erase_if(inputs.native, [&](const inventory::NativeDetector& detector) {
    return std::ranges::count(workspace->native, detector.id) == 0;
  });
}

// The providers named, in the order of the knowledge.
Result<Providers> named_providers(const attack::Providers& all,
                                  const std::set<std::string>& names) {
  for (const std::string& name : names) {
    if (all.find(name) != nullptr) continue;
    const std::string meant = text::did_you_mean(name, all.ids());
    return fail(kUnknownProvider, "no such provider: " + escape_for_log(name), {},
                meant.empty() ? fmt::format("one of {}", fmt::join(all.ids(), ", ")) : meant);
  }
  Providers found;
  for (const attack::Provider& provider : all.all()) {
    if (names.contains(provider.id)) found.push_back(&provider);
  }
  return found;
}

// Those named, else the workspace's, else those of the rules, else all.
std::set<std::string> wanted_providers(Session& session, const workspace::Workspace* workspace,
                                       const std::vector<inventory::Detection>& detections,
                                       const std::vector<std::string>& named,
                                       std::vector<std::string>& assumptions) {
  std::set<std::string> names(named.begin(), named.end());
  if (!names.empty()) return names;
  if (workspace != nullptr) {
    for (const auto& use : workspace->providers) names.insert(use.provider);
    if (!names.empty()) return names;
  }
  for (const inventory::Detection& detection : detections) {
    names.insert(detection.providers.begin(), detection.providers.end());
  }
  if (names.empty()) {
    for (const std::string_view id : session.providers()->ids()) names.emplace(id);
    assumptions.emplace_back("no provider is named, so all that are known are shown");
    return names;
  }
  assumptions.push_back(fmt::format("no workspace names providers, so those of the rules count: {}",
                                    fmt::join(names, ", ")));
  return names;
}

std::vector<coverage::Acceptance> acceptances(const Session& session,
                                              const workspace::Workspace& workspace) {
  std::vector<coverage::Acceptance> out;
  for (const workspace::Acceptance& accepted : workspace.accepted) {
    // Up to and with the day it names.
    if (accepted.until + std::chrono::days(1) <= session.as_of()) continue;
    const std::string until =
        text::to_rfc3339(std::chrono::time_point_cast<std::chrono::nanoseconds>(
            std::chrono::sys_time<std::chrono::seconds>(accepted.until)));
    out.push_back({accepted.technique, accepted.provider,
                   fmt::format("accepted by {} until {}: {}", escape_for_log(accepted.by),
                               until.substr(0, until.find('T')), escape_for_log(accepted.why))});
  }
  return out;
}

// By id, so that a rule keeps its count when its file is renamed; rules without an id have none.
Result<std::map<std::string, std::uint64_t>> fired_counts(const workspace::Workspace& workspace) {
  const auto fired = workspace::read_fired(workspace.folder);
  if (!fired) return std::unexpected(fired.error());
  std::map<std::string, std::uint64_t> counts;
  for (const workspace::FiredRule& rule : fired->rules) {
    if (!rule.id.empty()) counts[rule.id] += rule.count;
  }
  return counts;
}

}  // namespace

std::vector<Option> assessment_options() {
  return {{.name = "--rules",
           .value_name = "PATH",
           .help = "rules to count in place of the workspace's: a file or a folder",
           .kind = ValueKind::kPath,
           .repeatable = true},
          {.name = "--pack", .help = "count the built-in pack"},
          {.name = "--placeholders",
           .value_name = "FILE",
           .help = "YAML or JSON with values for the rules' placeholders (expand)",
           .kind = ValueKind::kPath},
          array_matching_option()};
}

Option provider_option() {
  return {.name = "--provider",
          .value_name = "P",
          .help = "only this provider, in place of the workspace's; may be repeated",
          .repeatable = true};
}

Positional rules_positional() {
  return {.name = "PATH",
          .help = "rules in place of the workspace's: files or folders",
          .kind = ValueKind::kPath,
          .min_count = 0,
          .max_count = Positional::kAny};
}

evidence::SchemaDigests schema_digests(Session& session) {
  evidence::SchemaDigests digests;
  for (const event::LogSource& source : session.log_sources().all()) {
    digests[source.id] = event::schema_digest(source);
  }
  return digests;
}

Result<Assessed> assess_session(Session& session, std::vector<std::string> paths,
                                const std::vector<std::string>& named) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  const auto applicability = load_applicability(*catalogue, *providers, session.knowledge());
  if (!applicability) return std::unexpected(applicability.error());
  auto core = coverage::load_baseline(session.knowledge());
  if (!core) return std::unexpected(core.error());
  coverage::Inputs inputs{.catalogue = *catalogue,
                          .applicability = *applicability,
                          .core = std::move(*core),
                          .as_of = text::to_rfc3339(session.as_of())};
  if (auto read = read_rules(session, std::move(paths), inputs); !read) {
    return std::unexpected(read.error());
  }
  auto model = model_of(session, *workspace);
  if (!model) return std::unexpected(model.error());
  inputs.model = *model;
  read_procedures(session, inputs);
  if (auto read = read_evidence(session, *workspace, inputs); !read) {
    return std::unexpected(read.error());
  }
  auto wanted = named_providers(*providers, wanted_providers(session, *workspace, inputs.detections,
                                                             named, inputs.assumptions));
  if (!wanted) return std::unexpected(wanted.error());
  inputs.providers = std::move(*wanted);
  auto log_sources = collected_logs(session, *workspace, inputs.assumptions);
  if (!log_sources) return std::unexpected(log_sources.error());
  inputs.log_sources = *std::move(log_sources);
  if (*workspace != nullptr) {
    auto fired = fired_counts(**workspace);
    if (!fired) return std::unexpected(fired.error());
    inputs.fired = std::move(*fired);
    inputs.accepted = acceptances(session, **workspace);
  }
  read_native(session, *workspace, inputs);
  coverage::Coverage coverage = coverage::assess(inputs);
  return Assessed{std::move(coverage), std::move(inputs.evidence), std::move(inputs.procedures)};
}

}  // namespace nepho::cli
