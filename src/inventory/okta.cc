#include "inventory/okta.h"

namespace nepho::inventory {
namespace {

using text::YamlNode;

void add_claims(const YamlNode* list, std::vector<Claim>& claims) {
  append_claims(list, claims);
  if (list == nullptr) return;
  for (const YamlNode& item : list->items)
    for (const auto& [key, value] : item.members) claims.push_back(claim_at(key));
  for (const auto& [key, value] : list->members) claims.push_back(claim_at(key));
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
