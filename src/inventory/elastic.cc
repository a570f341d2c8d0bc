#include "inventory/elastic.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Names of integrations, which begin the names of their datasets. Azure is told apart below.
constexpr auto kIntegrations = std::to_array<ProviderWord>({{"aws*", "aws"},
                                                            {"gcp", "gcp"},
                                                            {"google_workspace", "gws"},
                                                            {"o365", "m365"},
                                                            {"github", "github"},
                                                            {"okta", "okta"},
                                                            {"kubernetes", "kubernetes"},
                                                            {"cloud_defend", "kubernetes"},
                                                            {"entityanalytics_entra_id", "entra"}});

// The datasets of the one integration "azure".
constexpr auto kAzureDatasets = std::to_array<ProviderWord>({{"azure.auditlogs", "entra"},
                                                             {"azure.signinlogs", "entra"},
                                                             {"azure.identity_protection", "entra"},
                                                             {"azure.graphactivitylogs", "entra"},
                                                             {"azure.activitylogs", "azure"},
                                                             {"azure.platformlogs", "azure"}});

// A table with "id" and "name".
void add_claim(const YamlNode& table, std::size_t group, std::vector<Claim>& claims) {
  const YamlNode* id = table.find("id");
  if (id == nullptr || !id->is_scalar() || trimmed(id->text).empty()) return;
  Claim& claim = claims.emplace_back(claim_at(*id));
  claim.group = group;
  const YamlNode* name = table.find("name");
  if (name == nullptr || !name->is_scalar()) return;
  claim.name = name->text;
  claim.name_line = name->line;
  claim.name_column = name->column;
}

void add_threat(const YamlNode& threat, std::size_t group, std::vector<Claim>& claims) {
  if (threat.text_at("framework") != "MITRE ATT&CK") return;
  if (const YamlNode* tactic = threat.find("tactic")) add_claim(*tactic, group, claims);
  const YamlNode* techniques = threat.find("technique");
  if (techniques == nullptr) return;
  for (const YamlNode& technique : techniques->items) {
    add_claim(technique, group, claims);
    const YamlNode* subs = technique.find("subtechnique");
    if (subs == nullptr) continue;
    for (const YamlNode& sub : subs->items) add_claim(sub, group, claims);
  }
}

// What the rule says of where it reads: its integrations, or of an export the packages that belong
// to it; of neither, its indices.
std::string integrations_of(const YamlNode& rule, const YamlNode* metadata) {
  std::string names = all_text(metadata == nullptr ? nullptr : metadata->find("integration"));
  if (names.empty()) {
    if (const YamlNode* related = rule.find("related_integrations"))
      for (const YamlNode& item : related->items)
        names.append(item.text_at("package")).append("\n");
  }
  return names.empty() ? all_text(rule.find("index")) : names;
}

void add_rule_providers(const YamlNode& rule, const YamlNode* metadata,
                        std::vector<std::string>& providers) {
  constexpr auto kAzure = std::to_array<ProviderWord>({{"azure", "azure"}});
  const std::string names = integrations_of(rule, metadata);
  add_providers(names, kIntegrations, providers);
  std::vector<std::string> azure;
  add_providers(names, kAzure, azure);
  if (azure.empty()) return;
  std::vector<std::string> told;
  add_providers(all_text(rule.find("index")), kAzureDatasets, told);
  add_providers(rule.text_at("query"), kAzureDatasets, told);
  for (const std::string& provider : told.empty() ? azure : told)
    if (std::ranges::count(providers, provider) == 0) providers.push_back(provider);
}

ForeignRule read_rule(const RuleFile& file, const YamlNode& rule, const YamlNode* metadata) {
  ForeignRule read = rule_at(file, rule.line, rule.column);
  Detection& detection = read.detection;
  detection.id = rule.text_at("rule_id");
  detection.name = rule.text_at("name");
  detection.level = level_of(rule.text_at("severity"));
  if (metadata != nullptr) {
    detection.status = status_of(metadata->text_at("maturity"));
    detection.enabled = metadata->text_at("maturity") == "production";
    for (const std::string_view key : {"updated_date", "creation_date"})
      if (detection.last_changed.empty()) detection.last_changed = iso_date(metadata->text_at(key));
  }
  // Rules of the repository are installed switched off, which says nothing of who uses them.
  const YamlNode* enabled = rule.find("enabled");
  if (enabled != nullptr && enabled->boolean() == false) detection.enabled = false;
  add_rule_providers(rule, metadata, detection.providers);
  read.reads = all_text(rule.find("index"));
  read.logic = rule.text_at("query");
  for (const std::string_view key : {"type", "threshold", "new_terms", "filters", "threat_query"})
    read.settings += all_text(rule.find(key));
  if (const YamlNode* threats = rule.find("threat"))
    for (std::size_t i = 0; i < threats->items.size(); ++i)
      add_threat(threats->items[i], i + 1, read.claims);
  return read;
}

}  // namespace

std::vector<ForeignRule> read_elastic(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& tree : file.trees) {
    const YamlNode* rule = tree.find("rule");
    if (rule != nullptr && rule->is_mapping()) {
      rules.push_back(read_rule(file, *rule, tree.find("metadata")));
    } else if (tree.find("rule_id") != nullptr) {
      rules.push_back(read_rule(file, tree, nullptr));
    }
  }
  return rules;
}

}  // namespace nepho::inventory
