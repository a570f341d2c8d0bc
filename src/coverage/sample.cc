#include "coverage/sample.h"

#include <algorithm>

#include "base/check.h"

namespace nepho::coverage {
namespace {

constexpr std::string_view kProviders = R"(providers:
  aws: {name: AWS, platforms: [IaaS]}
  azure: {name: Azure, platforms: [IaaS]}
  gcp: {name: Google Cloud, platforms: [IaaS]}
  kubernetes: {name: Kubernetes, platforms: [Containers]}
)";

// What would be `unknown` by the platform alone is known here, but for T1530 on gcp; T1136.003
// cannot be carried out on azure.
constexpr std::string_view kApplicability = R"(exceptions:
  - {techniques: [T1078, T1078.*, T1136, T1136.*, T1686.001], providers: [aws, azure, gcp],
     applies: "yes", reason: it was tried}
  - {techniques: [T1530], providers: [aws, azure], applies: "yes", reason: it was tried}
  - {techniques: [T1136.003], providers: [azure], applies: "no", reason: users live elsewhere}
)";

// The design's numbers, so that a test can compute by hand what it expects.
constexpr std::string_view kModel = R"(
prior:
  base: {stable: 0.6, test: 0.5, experimental: 0.35, other: 0.35}
  robustness: {1: 0.5, 2: 0.65, 3: 0.8, 4: 0.95, 5: 1}
  unknown_level: 3
  specificity: {matches: 1, technique: 0.8, parent: 0.4}
  trials: 2
  refit: {min_rules: 20, min_mean: 0.05, max_mean: 0.90, min_trials: 2, max_trials: 10}
evidence:
  weight: {live: 1, replay: 0.5, synthetic: 0.25, tabletop: 0}
  half_life_days: 90
  expiry_days: 180
lower_bound: 0.1
proof: {min_tested: 3, min_share: 0.5}
)";

// A technique with its parent read off its id, as ATT&CK numbers them.
attack::Technique technique(std::string id, std::string name, std::vector<std::string> tactics,
                            std::vector<std::string> platforms) {
  attack::Technique made{.id = {std::move(id)}, .name = std::move(name)};
  if (attack::is_subtechnique(made.id)) made.parent = attack::parent_of(made.id);
  for (std::string& tactic : tactics) made.tactics.push_back({std::move(tactic)});
  made.platforms = std::move(platforms);
  return made;
}

// The name that an older version had for `successor`.
attack::Technique retired(std::string id, std::string successor) {
  attack::Technique made = technique(std::move(id), "Retired", {"TA0003"}, {"IaaS"});
  made.status = attack::Status::kRevoked;
  made.revoked_by = {std::move(successor)};
  return made;
}

// Few enough to be kept in the head: the totals in tests can be counted by hand.
attack::Facts facts() {
  attack::Facts facts{.version = "19.1", .domain = "enterprise-attack"};
  facts.tactics = {{{"TA0001"}, "initial-access", "Initial Access"},
                   {{"TA0003"}, "persistence", "Persistence"},
                   {{"TA0112"}, "defense-impairment", "Defense Impairment"},
                   {{"TA0009"}, "collection", "Collection"}};
  facts.techniques = {
      technique("T1078", "Valid Accounts", {"TA0001", "TA0003"}, {"Containers", "IaaS"}),
      technique("T1078.001", "Default Accounts", {"TA0001", "TA0003"}, {"IaaS"}),
      technique("T1078.004", "Cloud Accounts", {"TA0001", "TA0003"}, {"IaaS"}),
      technique("T1136", "Create Account", {"TA0003"}, {"IaaS"}),
      technique("T1136.003", "Cloud Account", {"TA0003"}, {"IaaS"}),
      technique("T1530", "Data from Cloud Storage", {"TA0009"}, {"IaaS"}),
      technique("T1610", "Deploy Container", {"TA0003"}, {"Containers"}),
      // A sub-technique of the cloud whose parent is none, as T1686.001 is in 19.1.
      technique("T1686", "Disable or Modify System Firewall", {"TA0112"}, {"Windows"}),
      technique("T1686.001", "Cloud Firewall", {"TA0112"}, {"IaaS"}),
      retired("T9136", "T1136.003"),
      retired("T9530", "T1530"),
  };
  return facts;
}

}  // namespace

// A fault in these texts is a defect of the tests, so CHECK.
SampleMatrix::SampleMatrix() : catalogue(std::make_unique<attack::Catalogue>(facts())) {
  auto parsed = attack::Providers::parse(kProviders, "providers.yml");
  CHECK(parsed.has_value());
  providers = std::make_unique<attack::Providers>(std::move(*parsed));
  applicability = std::make_unique<attack::ApplicabilityModel>(*catalogue, *providers);
  CHECK(applicability->parse_curated(kApplicability, "applicability.yml").has_value());
}

Inputs SampleMatrix::inputs() const {
  Inputs inputs{.catalogue = *catalogue, .applicability = *applicability};
  for (const char* id : {"aws", "azure", "gcp"}) inputs.providers.push_back(providers->find(id));
  inputs.log_sources = {{"aws.cloudtrail", {"aws", true}},
                        {"aws.s3", {"aws", false}},
                        {"azure.activity", {"azure", true}},
                        {"gcp.audit", {"gcp", false}}};
  inputs.as_of = "2026-11-24T00:00:00Z";
  inputs.core = {"T1078", "T1530"};
  auto model = parse_model(kModel, "model.yml");
  CHECK(model.has_value());
  inputs.model = *model;
  return inputs;
}

inventory::Detection sample_rule(std::string id, std::vector<std::string> techniques,
                                 std::string provider, std::string log_source) {
  inventory::Detection rule;
  rule.name = "Rule " + id;
  rule.path = "rules/" + id + ".yml";
  rule.id = std::move(id);
  rule.format = "sigma";
  rule.providers = {std::move(provider)};
  rule.log_sources = {std::move(log_source)};
  rule.techniques = std::move(techniques);
  rule.level = "medium";
  rule.status = "test";
  rule.runnable = true;
  return rule;
}

evidence::Procedure sample_procedure(std::string id, std::string technique, std::string provider,
                                     std::vector<std::string> log_sources) {
  return {.id = id,
          .name = "Procedure " + id,
          .technique = std::move(technique),
          .provider = std::move(provider),
          .log_sources = std::move(log_sources)};
}

evidence::Evidence sample_play(const std::string& procedure, std::vector<evidence::Trial> trials,
                               double age_days, evidence::Kind kind) {
  const bool alerted = std::ranges::any_of(
      trials, [](const evidence::Trial& trial) { return trial.alerted && !trial.late; });
  evidence::Evidence play{
      .procedure = procedure,
      .technique = "T1136.003",
      .provider = "aws",
      .kind = kind,
      .outcome = alerted ? evidence::Outcome::kAlerted : evidence::Outcome::kLogged,
      .verdict = alerted ? evidence::Verdict::kAlerted : evidence::Verdict::kNoAlert,
      .trials = std::move(trials),
      .attack_version = "19.1"};
  using Days = std::chrono::duration<double, std::ratio<86'400>>;
  play.time = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) -
              std::chrono::duration_cast<std::chrono::nanoseconds>(Days(age_days));
  return play;
}

}  // namespace nepho::coverage
