#include "inventory/panther.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// How log types, resource types and ids of rules begin.
constexpr auto kWords = std::to_array<ProviderWord>({
    {"AWS", "aws"},
    {"Amazon", "aws"},
    {"Amazon.EKS*", "aws kubernetes"},
    {"Azure", "azure"},
    {"Azure.Audit", "entra"},
    {"Microsoft365", "m365"},
    {"GCP", "gcp"},
    {"GSuite", "gws"},
    {"Google.Workspace", "gws"},
    {"Okta", "okta"},
    {"GitHub", "github"},
    {"Kubernetes", "kubernetes"},
});

bool is_detection(const YamlNode& root) {
  constexpr auto kTypes =
      std::to_array<std::string_view>({"rule", "scheduled_rule", "correlation_rule", "policy"});
  return std::ranges::count(kTypes, root.text_at("AnalysisType")) != 0;
}

// Each name up to its blanks, so that only how it begins counts.
void add_beginning(std::string_view name, std::vector<std::string>& providers) {
  std::vector<std::string> found;
  const std::size_t second =
      name.find('.', name.find('.') == std::string_view::npos ? name.size() : name.find('.') + 1);
  add_providers(name.substr(0, second), std::span(kWords), found);
  for (std::string& provider : found)
    if (std::ranges::count(providers, provider) == 0) providers.push_back(std::move(provider));
}

// The values of every "RuleID" below the node.
void collect_rule_ids(const YamlNode& node, std::vector<std::string>& ids) {
  for (const YamlNode& item : node.items) collect_rule_ids(item, ids);
  for (const auto& [key, value] : node.members) {
    if (key.text == "RuleID" && value.is_scalar()) ids.push_back(value.text);
    collect_rule_ids(value, ids);
  }
}

void add_rule_providers(const YamlNode& root, std::vector<std::string>& providers) {
  std::vector<std::string> names;
  for (const std::string_view key : {"LogTypes", "ResourceTypes"})
    for (std::string& name : root.texts_at(key)) names.push_back(std::move(name));
  if (names.empty()) collect_rule_ids(root, names);
  for (const std::string& name : names) add_beginning(name, providers);
}

// The logic is Python beside the file; the file has tests with events that it alerts on.
std::string events_alerted_on(const YamlNode& root) {
  std::string events;
  const YamlNode* tests = root.find("Tests");
  if (tests == nullptr) return events;
  for (const YamlNode& test : tests->items) {
    const YamlNode* expected = test.find("ExpectedResult");
    if (expected != nullptr && expected->boolean() == true) events += all_text(test.find("Log"));
  }
  return events;
}

// "TA0006:T1110", both of them claims; the technique stands behind the colon.
void add_pair(const YamlNode& pair, const YamlNode& list, std::size_t group,
              std::vector<Claim>& claims) {
  const std::string_view text = pair.text;
  const std::size_t colon = text.find(':');
  Claim claim = claim_at(pair);
  claim.list = list.line;
  claim.group = group;
  claim.text = trimmed(text.substr(0, colon));
  claims.push_back(claim);
  if (colon == std::string_view::npos) return;
  claim.text = leading_id(text.substr(colon + 1));
  claims.push_back(std::move(claim));
}

ForeignRule read_detection(const RuleFile& file, const YamlNode& root) {
  ForeignRule read = rule_at(file, root.line, root.column);
  Detection& detection = read.detection;
  detection.id = root.text_at(root.find("RuleID") != nullptr ? "RuleID" : "PolicyID");
  detection.name = root.text_at("DisplayName");
  if (detection.name.empty()) detection.name = detection.id;
  detection.level = level_of(root.text_at("Severity"));
  detection.status = status_of(root.text_at("Status"));
  const YamlNode* enabled = root.find("Enabled");
  detection.enabled = enabled == nullptr || enabled->boolean() != false;
  add_rule_providers(root, detection.providers);
  for (const std::string_view key : {"LogTypes", "ResourceTypes"})
    read.reads += all_text(root.find(key));
  read.examples = events_alerted_on(root);
  const YamlNode* reports = root.find("Reports");
  const YamlNode* pairs = reports == nullptr ? nullptr : reports->find("MITRE ATT&CK");
  if (pairs != nullptr)
    for (std::size_t i = 0; i < pairs->items.size(); ++i)
      add_pair(pairs->items[i], *pairs, i + 1, read.claims);
  return read;
}

}  // namespace

std::vector<ForeignRule> read_panther(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees)
    if (is_detection(root)) rules.push_back(read_detection(file, root));
  return rules;
}

}  // namespace nepho::inventory
