#include "inventory/wazuh.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "text/xml.h"

namespace nepho::inventory {
namespace {

using text::XmlElement;

// Groups of the rule set's own files (0350 amazon, 0455 docker, 0555 azure, ...).
constexpr auto kGroups = std::to_array<ProviderWord>({
    {"amazon", "aws"},
    {"aws*", "aws"},
    {"azure*", "azure"},
    {"office365", "m365"},
    {"gcp*", "gcp"},
    {"google", "gcp"},
    {"github", "github"},
    {"docker*", "kubernetes"},
    {"kubernetes*", "kubernetes"},
    {"okta", "okta"},
});

int number_of(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// rule-formats.md, section 8.
std::string level_of_number(int number) {
  if (number <= 3) return "informational";
  if (number <= 6) return "low";
  if (number <= 11) return "medium";
  return number <= 14 ? "high" : "critical";
}

void add_claims(const XmlElement& mitre, std::vector<Claim>& claims) {
  for (const XmlElement& child : mitre.children) {
    if (child.name != "id" && child.name != "tactic") continue;
    claims.push_back({.text = std::string(leading_id(child.text)),
                      .line = child.line,
                      .column = child.column,
                      .scalar = child.text});
  }
}

// What it tests: every child but those that describe it, with the names of its fields.
std::string logic_of(const XmlElement& rule) {
  std::string logic;
  for (const XmlElement& child : rule.children) {
    if (child.name == "description" || child.name == "mitre" || child.name == "group") continue;
    logic += fmt::format("{} {} {}\n", child.name, child.attribute("name"), child.text);
  }
  return logic;
}

ForeignRule read_rule(const RuleFile& file, std::string_view groups, const XmlElement& rule) {
  ForeignRule read = rule_at(file, rule.line, rule.column);
  Detection& detection = read.detection;
  const int level = number_of(rule.attribute("level"));
  detection.id = rule.attribute("id");
  detection.name = rule.text_of("description");
  detection.level = level_of_number(level);
  detection.enabled = level != 0;
  add_providers(groups, kGroups, detection.providers);
  add_providers(rule.text_of("group"), kGroups, detection.providers);
  read.reads = fmt::format("{} {}", groups, rule.text_of("group"));
  read.logic = logic_of(rule);
  if (const XmlElement* mitre = rule.find("mitre")) add_claims(*mitre, read.claims);
  return read;
}

}  // namespace

std::vector<ForeignRule> read_wazuh(RuleFile& file) {
  std::vector<ForeignRule> rules;
  auto roots = text::parse_xml(file.text, file.path);
  if (!roots) {
    file.error = std::move(roots.error());
    return rules;
  }
  for (const XmlElement& group : *roots) {
    if (group.name != "group") continue;
    for (const XmlElement& rule : group.children)
      if (rule.name == "rule") rules.push_back(read_rule(file, group.attribute("name"), rule));
  }
  return rules;
}

}  // namespace nepho::inventory
