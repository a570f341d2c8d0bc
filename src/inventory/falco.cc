#include "inventory/falco.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace nepho::inventory {
namespace {

using text::YamlNode;

// Sources of the plugins' registry; "syscall" is the kernel's own and the default.
constexpr auto kSources = std::to_array<ProviderWord>({
    {"syscall", "kubernetes"},
    {"k8s_audit*", "kubernetes"},
    {"aws_cloudtrail", "aws"},
    {"gcp_auditlog", "gcp"},
    {"okta", "okta"},
    {"github", "github"},
});

// rule-formats.md, section 8.
std::optional<std::string> level_of_priority(std::string_view priority) {
  struct Line {
    std::string_view priority;
    std::string_view level;
  };
  constexpr auto kLines = std::to_array<Line>({{"EMERGENCY", "critical"},
                                               {"ALERT", "critical"},
                                               {"CRITICAL", "critical"},
                                               {"ERROR", "high"},
                                               {"WARNING", "medium"},
                                               {"NOTICE", "low"},
                                               {"INFO", "informational"},
                                               {"INFORMATIONAL", "informational"},
                                               {"DEBUG", "informational"}});
  const auto found = std::ranges::find_if(kLines, [&](const Line& line) {
    return text::equal_ignoring_case(line.priority, trimmed(priority));
  });
  return found == kLines.end() ? std::nullopt : std::optional<std::string>(found->level);
}

// "T1059", "T1562-impair-defenses", "mitre_execution"; "maturity_stable" is the status; others are
// words of Falco's own.
void take_tags(const YamlNode* tags, ForeignRule& rule) {
  constexpr std::string_view kTactic = "mitre_";
  constexpr std::string_view kMaturity = "maturity_";
  if (tags == nullptr) return;
  for (const YamlNode& tag : tags->items) {
    const std::string_view text = tag.text;
    if (looks_like_technique(text)) {
      rule.claims.push_back(with_slug(claim_at(tag)));
      rule.claims.back().list = tags->line;
    } else if (text.starts_with(kTactic)) {
      Claim& claim = rule.claims.emplace_back(claim_at(tag));
      claim.text = text.substr(kTactic.size());
      claim.list = tags->line;
    } else if (text.starts_with(kMaturity)) {
      const std::string_view maturity = text.substr(kMaturity.size());
      const bool is_young = maturity == "sandbox" || maturity == "incubating";
      rule.detection.status = is_young ? "experimental" : status_of(maturity);
    }
  }
}

void change(const YamlNode& item, ForeignRule& rule) {
  rule.logic.append(item.text_at("condition")).append("\n");
  const YamlNode* enabled = item.find("enabled");
  if (enabled != nullptr && enabled->boolean()) rule.detection.enabled = *enabled->boolean();
  if (auto level = level_of_priority(item.text_at("priority"))) rule.detection.level = level;
  take_tags(item.find("tags"), rule);
}

ForeignRule read_rule(const RuleFile& file, const YamlNode& item) {
  ForeignRule read = rule_at(file, item.line, item.column);
  read.detection.id = item.text_at("rule");
  read.detection.name = read.detection.id;
  const std::string_view source = item.text_at("source");
  read.reads = source.empty() ? "syscall" : source;
  add_providers(read.reads, kSources, read.detection.providers);
  change(item, read);
  return read;
}

bool changes_another(const YamlNode& item) {
  const YamlNode* append = item.find("append");
  return item.find("condition") == nullptr || item.find("override") != nullptr ||
         (append != nullptr && append->boolean() == true);
}

}  // namespace

std::vector<ForeignRule> read_falco(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    for (const YamlNode& item : root.items) {
      if (item.find("rule") == nullptr) continue;
      if (!changes_another(item)) {
        rules.push_back(read_rule(file, item));
        continue;
      }
      const auto earlier = std::ranges::find(rules, item.text_at("rule"), [](const ForeignRule& r) {
        return std::string_view(r.detection.id);
      });
      if (earlier != rules.end()) change(item, *earlier);
    }
  }
  return rules;
}

}  // namespace nepho::inventory
