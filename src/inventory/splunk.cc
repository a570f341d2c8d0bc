#include "inventory/splunk.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Names of data sources, asset types and macros of security_content (2024 to 2026).
constexpr auto kWords = std::to_array<ProviderWord>({
    {"aws", "aws"},
    {"aws_*", "aws"},
    {"asl", "aws"},
    {"cloudtrail*", "aws"},
    {"amazon_security_lake", "aws"},
    {"azure active directory", "entra"},
    {"azure", "azure"},
    {"azure_monitor_aad", "entra"},
    {"azuread", "entra"},
    {"azure_ad", "entra"},
    {"azure_ad_*", "entra"},
    {"azure_audit", "azure"},
    {"azure_monitor_activity", "azure"},
    {"o365", "m365"},
    {"o365_*", "m365"},
    {"office 365", "m365"},
    {"ms365*", "m365"},
    {"google workspace", "gws"},
    {"g suite", "gws"},
    {"gsuite*", "gws"},
    {"gws_*", "gws"},
    {"google cloud", "gcp"},
    {"google_gcp*", "gcp"},
    {"gcp*", "gcp"},
    {"kube_*", "kubernetes"},
    {"kubernetes*", "kubernetes"},
    {"github*", "github"},
    {"okta*", "okta"},
});

// The surest first: what the rule says it reads, its macros, what it protects, its name.
void add_rule_providers(const YamlNode& root, std::vector<std::string>& providers) {
  const YamlNode* tags = root.find("tags");
  add_splunk_providers(all_text(root.find("data_source")), providers);
  if (providers.empty()) add_splunk_providers(root.text_at("search"), providers);
  if (providers.empty() && tags != nullptr)
    add_splunk_providers(tags->text_at("asset_type"), providers);
  if (providers.empty() && root.find("data_source") == nullptr)
    add_splunk_providers(root.text_at("name"), providers);
}

std::optional<double> number_at(const YamlNode* parent, std::string_view key) {
  const YamlNode* node = parent == nullptr ? nullptr : parent->find(key);
  return node == nullptr ? std::nullopt : node->number();
}

std::optional<double> highest_score(const YamlNode* rba) {
  const YamlNode* objects = rba == nullptr ? nullptr : rba->find("risk_objects");
  std::optional<double> highest;
  if (objects == nullptr) return highest;
  for (const YamlNode& object : objects->items)
    if (const auto score = number_at(&object, "score"))
      highest = std::max(highest.value_or(*score), *score);
  return highest;
}

std::optional<double> risk_of(const YamlNode& root) {
  const YamlNode* tags = root.find("tags");
  if (const auto score = number_at(tags, "risk_score")) return score;
  if (const auto score = highest_score(root.find("rba"))) return score;
  const auto confidence = number_at(tags, "confidence");
  const auto impact = number_at(tags, "impact");
  if (confidence && impact) return *confidence * *impact / 100;  // both in percent
  return std::nullopt;
}

}  // namespace

void add_splunk_providers(std::string_view text, std::vector<std::string>& providers) {
  add_providers(text, kWords, providers);
}

std::vector<ForeignRule> read_splunk(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    if (root.find("search") == nullptr) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, root.line, root.column));
    read.detection.id = root.text_at("id");
    read.detection.name = root.text_at("name");
    read.detection.status = status_of(root.text_at("status"));
    read.detection.enabled =
        root.find("status") == nullptr || root.text_at("status") == "production";
    read.detection.last_changed = iso_date(root.text_at("date"));
    if (const auto risk = risk_of(root)) read.detection.level = level_of_risk(*risk);
    add_rule_providers(root, read.detection.providers);
    read.reads = all_text(root.find("data_source"));
    read.logic = root.text_at("search");
    if (const YamlNode* tags = root.find("tags"))
      read.claims = claims_at(tags->find("mitre_attack_id"));
  }
  return rules;
}

}  // namespace nepho::inventory
