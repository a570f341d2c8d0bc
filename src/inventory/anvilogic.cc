#include "inventory/anvilogic.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Categories of data, macros and tables of the logic, and words of titles.
constexpr auto kWords = std::to_array<ProviderWord>({
    {"aws*", "aws"},
    {"get_cloud_data_aws*", "aws"},
    {"azure", "azure"},
    {"get_cloud_data_azure*", "azure"},
    {"azure ad", "entra"},
    {"entra", "entra"},
    {"gcp*", "gcp"},
    {"get_cloud_data_gcp*", "gcp"},
    {"google workspace", "gws"},
    {"gsuite*", "gws"},
    {"office 365", "m365"},
    {"o365*", "m365"},
    {"get_cloud_data_o365*", "m365"},
    {"okta*", "okta"},
    {"github*", "github"},
    {"kubernetes*", "kubernetes"},
});

void add_rule_providers(const YamlNode& root, std::vector<std::string>& providers) {
  add_providers(all_text(root.find("data_category")), kWords, providers);
  for (const std::string_view key : {"logic", "title"})
    if (providers.empty()) add_providers(root.text_at(key), kWords, providers);
}

// "['T1059', 'T1078.004']", as one text.
void add_written_list(const YamlNode& node, std::vector<Claim>& claims) {
  std::string_view rest = node.text;
  constexpr std::string_view kAround = "[]'\", ";
  while (true) {
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(kAround)));
    if (rest.empty()) return;
    const std::string_view id = rest.substr(0, rest.find_first_of(kAround));
    Claim& claim = claims.emplace_back(claim_at(node));
    claim.text = leading_id(id);
    rest.remove_prefix(id.size());
  }
}

void add_claims(const YamlNode& root, std::vector<Claim>& claims) {
  const YamlNode* ids = root.find("technique_id");
  if (ids != nullptr && ids->is_scalar() && !ids->is_null()) {
    add_written_list(*ids, claims);
  } else {
    append_claims(ids, claims);
  }
  const YamlNode* techniques = root.find("techniques");
  if (techniques == nullptr) return;
  for (const YamlNode& technique : techniques->items) {
    const std::string_view tactic =
        std::string_view(technique.text).substr(0, technique.text.find(':'));
    if (trimmed(tactic).empty()) continue;
    Claim& claim = claims.emplace_back(claim_at(technique));
    claim.text = trimmed(tactic);
  }
}

}  // namespace

std::vector<ForeignRule> read_anvilogic(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    if (!root.is_mapping()) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, root.line, root.column));
    read.detection.id = root.text_at("id");
    read.detection.name = root.text_at("title");
    add_rule_providers(root, read.detection.providers);
    read.reads = all_text(root.find("data_category"));
    read.logic = root.text_at("logic");
    add_claims(root, read.claims);
  }
  return rules;
}

}  // namespace nepho::inventory
