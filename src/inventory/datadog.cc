#include "inventory/datadog.h"

#include <algorithm>
#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Values of the tag "source" and of "source:" in queries.
constexpr auto kSources = std::to_array<ProviderWord>({
    {"source:cloudtrail", "aws"},
    {"source:guardduty", "aws"},
    {"source:aws*", "aws"},
    {"source:azure.activeDirectory", "entra"},
    {"source:azure.active_directory", "entra"},
    {"source:entra*", "entra"},
    {"source:azure", "azure"},
    {"source:gcp*", "gcp"},
    {"source:gsuite", "gws"},
    {"source:google_workspace", "gws"},
    {"source:microsoft-365", "m365"},
    {"source:o365", "m365"},
    {"source:okta", "okta"},
    {"source:github*", "github"},
    {"source:kubernetes*", "kubernetes"},
});

std::optional<std::string> highest_level(const YamlNode* cases) {
  constexpr auto kOrder =
      std::to_array<std::string_view>({"informational", "low", "medium", "high", "critical"});
  std::optional<std::string> highest;
  if (cases == nullptr) return highest;
  for (const YamlNode& one : cases->items) {
    auto level = level_of(one.text_at("status"));
    if (level &&
        (!highest || std::ranges::find(kOrder, *level) > std::ranges::find(kOrder, *highest)))
      highest = std::move(level);
  }
  return highest;
}

void take_tags(const YamlNode* tags, ForeignRule& rule) {
  if (tags == nullptr) return;
  for (const YamlNode& tag : tags->items) {
    if (tag.text.starts_with("source:")) rule.reads.append(tag.text).append("\n");
    for (const std::string_view prefix : {"technique:", "tactic:", "subtechnique:"}) {
      const std::string_view text = tag.text;
      if (text.starts_with(prefix)) {
        Claim claim = claim_at(tag);
        claim.text = leading_id(text.substr(prefix.size()));
        claim.list = tags->line;
        rule.claims.push_back(with_slug(std::move(claim)));
      }
    }
  }
}

void read_rule(const RuleFile& file, const YamlNode& node, std::vector<ForeignRule>& rules) {
  const YamlNode* attributes = node.find("attributes");
  const YamlNode& rule = attributes == nullptr ? node : *attributes;
  if (rule.find("cases") == nullptr || rule.find("name") == nullptr) return;
  ForeignRule& read = rules.emplace_back(rule_at(file, node.line, node.column));
  Detection& detection = read.detection;
  detection.id = node.text_at("id");
  detection.name = rule.text_at("name");
  detection.level = highest_level(rule.find("cases"));
  const YamlNode* enabled = rule.find("isEnabled");
  detection.enabled = enabled == nullptr || enabled->boolean() != false;
  add_providers(all_text(rule.find("tags")), kSources, detection.providers);
  if (detection.providers.empty())
    add_providers(all_text(rule.find("queries")), kSources, detection.providers);
  read.logic = all_text(rule.find("queries"));
  for (const std::string_view key : {"cases", "options"}) read.settings += all_text(rule.find(key));
  take_tags(rule.find("tags"), read);
}

}  // namespace

std::vector<ForeignRule> read_datadog(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    read_rule(file, root, rules);
    for (const YamlNode& item : root.items) read_rule(file, item, rules);
    if (const YamlNode* data = root.find("data"))
      for (const YamlNode& item : data->items) read_rule(file, item, rules);
  }
  return rules;
}

}  // namespace nepho::inventory
