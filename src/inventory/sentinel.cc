#include "inventory/sentinel.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Tables of Log Analytics (learn.microsoft.com, "Azure Monitor Log Analytics log tables").
constexpr auto kTables = std::to_array<ProviderWord>({
    {"AWSCloudTrail", "aws"},
    {"AWSCloudWatch", "aws"},
    {"AWSGuardDuty", "aws"},
    {"AWSVPCFlow", "aws"},
    {"AWSS3*", "aws"},
    {"AWSRoute53*", "aws"},
    {"AWSSecurityHub*", "aws"},
    {"AWSWAF", "aws"},
    {"AWSEKS*", "aws kubernetes"},
    {"AuditLogs", "entra"},
    {"SigninLogs", "entra"},
    {"AADManagedIdentitySignInLogs", "entra"},
    {"AADNonInteractiveUserSignInLogs", "entra"},
    {"AADServicePrincipalSignInLogs", "entra"},
    {"AADProvisioningLogs", "entra"},
    {"AADRiskyUsers", "entra"},
    {"AADRiskyServicePrincipals", "entra"},
    {"AADUserRiskEvents", "entra"},
    {"AADServicePrincipalRiskEvents", "entra"},
    {"MicrosoftGraphActivityLogs", "entra"},
    {"AzureActivity", "azure"},
    {"AzureDiagnostics", "azure"},
    {"AzureDevOpsAuditing", "azure"},
    {"ADOAuditLogs*", "azure"},
    {"StorageBlobLogs", "azure"},
    {"StorageFileLogs", "azure"},
    {"StorageQueueLogs", "azure"},
    {"StorageTableLogs", "azure"},
    {"AZFW*", "azure"},
    {"AGWFirewallLogs", "azure"},
    {"AKSAudit*", "azure kubernetes"},
    {"KubeEvents", "kubernetes"},
    {"OfficeActivity", "m365"},
    {"CloudAppEvents", "m365"},
    {"EmailEvents", "m365"},
    {"EmailUrlInfo", "m365"},
    {"EmailAttachmentInfo", "m365"},
    {"EmailPostDeliveryEvents", "m365"},
    {"UrlClickEvents", "m365"},
    {"PowerBIActivity", "m365"},
    {"GCPAuditLogs", "gcp"},
    {"GCP_*", "gcp"},
    {"GoogleCloudSCC", "gcp"},
    {"GWorkspace*", "gws"},
    {"GoogleWorkspace*", "gws"},
    {"GitHub*", "github"},
    {"Okta*", "okta"},
});

// Without its line comments: rules often keep a second source in one.
void take_query(std::string_view query, ForeignRule& rule) {
  rule.logic = without_line_comments(query);
  add_providers(rule.logic, kTables, rule.detection.providers);
}

std::string settings_of(const YamlNode& rule) {
  std::string settings;
  for (const std::string_view key : {"triggerOperator", "triggerThreshold", "queryPeriod"})
    settings.append(rule.text_at(key)).append("\n");
  return settings;
}

ForeignRule read_template(const RuleFile& file, const YamlNode& root) {
  ForeignRule read = rule_at(file, root.line, root.column);
  Detection& detection = read.detection;
  detection.id = root.text_at("id");
  detection.name = trimmed(root.text_at("name"));
  detection.level = level_of(root.text_at("severity"));
  detection.status = status_of(root.text_at("status"));
  const YamlNode* enabled = root.find("enabled");
  detection.enabled = enabled == nullptr || enabled->boolean() != false;
  take_query(root.text_at("query"), read);
  read.settings = settings_of(root);
  if (detection.providers.empty())
    add_providers(all_text(root.find("requiredDataConnectors")), kTables, detection.providers);
  append_claims(root.find("tactics"), read.claims);
  append_claims(root.find("relevantTechniques"), read.claims);
  return read;
}

// The first GUID in an id such as "[concat(..., '/Microsoft.SecurityInsights/<guid>')]", or "".
std::string_view guid_in(std::string_view text) {
  constexpr std::string_view kForm = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
  const auto fits = [](char c, char form) {
    const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    return form == '-' ? c == '-' : is_hex;
  };
  for (std::size_t at = 0; at + kForm.size() <= text.size(); ++at) {
    const std::string_view here = text.substr(at, kForm.size());
    if (std::ranges::equal(here, kForm, fits)) return here;
  }
  return {};
}

std::string_view id_of(const YamlNode& resource) {
  for (const std::string_view key : {"name", "id"}) {
    const std::string_view guid = guid_in(resource.text_at(key));
    if (!guid.empty()) return guid;
  }
  return resource.text_at(resource.text_at("name").empty() ? "id" : "name");
}

void read_resource(const RuleFile& file, const YamlNode& resource,
                   std::vector<ForeignRule>& rules) {
  const YamlNode* properties = resource.find("properties");
  if (properties == nullptr || properties->find("displayName") == nullptr) return;
  ForeignRule& read = rules.emplace_back(rule_at(file, resource.line, resource.column));
  Detection& detection = read.detection;
  detection.id = id_of(resource);
  detection.name = trimmed(properties->text_at("displayName"));
  detection.level = level_of(properties->text_at("severity"));
  const YamlNode* enabled = properties->find("enabled");
  detection.enabled = enabled == nullptr || enabled->boolean() != false;
  take_query(properties->text_at("query"), read);
  read.settings = settings_of(*properties);
  read.upstream = properties->text_at("alertRuleTemplateName");
  for (const std::string_view key : {"tactics", "techniques", "subTechniques"})
    append_claims(properties->find(key), read.claims);
}

}  // namespace

std::vector<ForeignRule> read_sentinel(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees)
    if (root.is_mapping()) rules.push_back(read_template(file, root));
  return rules;
}

std::vector<ForeignRule> read_sentinel_arm(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    read_resource(file, root, rules);
    for (const std::string_view key : {"resources", "value"}) {
      const YamlNode* list = root.find(key);
      if (list == nullptr) continue;
      for (const YamlNode& resource : list->items) read_resource(file, resource, rules);
    }
  }
  return rules;
}

}  // namespace nepho::inventory
