#include "inventory/okta.h"

namespace nepho::inventory {
namespace {

using text::YamlNode;

// "T1556.006: Multi-Factor Authentication".
void add_named(const YamlNode& node, std::vector<Claim>& claims) {
  for (const auto& [key, value] : node.members) {
    Claim& claim = claims.emplace_back(claim_at(key));
    if (!value.is_scalar() || value.is_null()) continue;
    claim.name = value.text;
    claim.name_line = value.line;
    claim.name_column = value.column;
  }
}

void add_claims(const YamlNode* list, std::vector<Claim>& claims) {
  append_claims(list, claims);
  if (list == nullptr) return;
  for (const YamlNode& item : list->items) add_named(item, claims);
  add_named(*list, claims);
}

}  // namespace

std::vector<ForeignRule> read_okta(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    const YamlNode* threat = root.find("threat");
    if (threat == nullptr) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, root.line, root.column));
    read.detection.id = root.text_at("id");
    read.detection.name = root.text_at("title");
    read.detection.providers = {"okta"};
    read.reads = "okta";
    read.logic = all_text(root.find("detection"));
    add_claims(threat->find("Tactic"), read.claims);
    add_claims(threat->find("Technique"), read.claims);
  }
  return rules;
}

}  // namespace nepho::inventory
