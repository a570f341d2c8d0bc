// The first character and a few marks tell the language; within YAML, TOML and JSON the keys tell
// the product. Each product is known by keys that no other has together.
#include "inventory/rule_file.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/files.h"
#include "inventory/csv_rules.h"
#include "inventory/savedsearches.h"
#include "inventory/sumo.h"
#include "inventory/yaral.h"
#include "text/json.h"
#include "text/json_yaml.h"
#include "text/toml.h"

namespace nepho::inventory {
namespace {

using text::YamlNode;

bool has_all(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  return std::ranges::all_of(keys, [&](std::string_view key) { return node.find(key) != nullptr; });
}

bool has_any(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return node.find(key) != nullptr; });
}

bool is_falco(const YamlNode& root) {
  return root.is_sequence() && std::ranges::any_of(root.items, [](const YamlNode& item) {
           return has_all(item, {"rule", "desc"}) || has_all(item, {"macro", "condition"}) ||
                  has_all(item, {"list", "items"}) || has_all(item, {"rule", "override"}) ||
                  has_all(item, {"rule", "enabled"}) || has_all(item, {"rule", "append"}) ||
                  has_any(item, {"required_engine_version", "required_plugin_versions"});
         });
}

// An ARM template, a single resource, or the list that the API gives.
bool is_sentinel_arm(const YamlNode& root) {
  const auto is_rule = [](const YamlNode& resource) {
    const YamlNode* properties = resource.find("properties");
    return properties != nullptr && properties->find("displayName") != nullptr &&
           has_any(*properties, {"query", "tactics", "severity", "productFilter"});
  };
  if (is_rule(root)) return true;
  for (const std::string_view key : {"resources", "value"}) {
    const YamlNode* list = root.find(key);
    if (list != nullptr && std::ranges::any_of(list->items, is_rule)) return true;
  }
  return false;
}

bool is_datadog(const YamlNode& root) {
  const auto is_rule = [](const YamlNode& rule) {
    return has_all(rule, {"cases", "name"}) &&
           has_any(rule, {"queries", "complianceSignalOptions"});
  };
  const YamlNode* data = root.find("data");
  return is_rule(root) || std::ranges::any_of(root.items, is_rule) ||
         (data != nullptr && std::ranges::any_of(data->items, [&](const YamlNode& item) {
            const YamlNode* attributes = item.find("attributes");
            return is_rule(item) || (attributes != nullptr && is_rule(*attributes));
          }));
}

bool is_okta(const YamlNode& root) {
  const YamlNode* threat = root.find("threat");
  return threat != nullptr && threat->is_mapping() && has_any(*threat, {"Technique", "Tactic"});
}

bool is_elastic(const YamlNode& root) {
  const YamlNode* rule = root.find("rule");
  return (rule != nullptr && has_all(*rule, {"rule_id", "name"})) ||
         (has_all(root, {"rule_id", "name", "risk_score"}) && has_any(root, {"threat", "query"}));
}

bool is_splunk(const YamlNode& root) {
  const YamlNode* tags = root.find("tags");
  return has_all(root, {"search", "name"}) &&
         (has_any(root, {"data_source", "how_to_implement"}) ||
          (tags != nullptr && tags->find("mitre_attack_id") != nullptr));
}

bool is_sentinel(const YamlNode& root) {
  return has_all(root, {"id", "name"}) &&
         has_any(root, {"relevantTechniques", "requiredDataConnectors", "queryFrequency",
                        "triggerOperator"});
}

bool is_panther(const YamlNode& root) {
  return has_any(root, {"AnalysisType"}) && has_any(root, {"RuleID", "PolicyID"});
}

std::optional<RuleFormat> format_of(const YamlNode& root) {
  if (is_falco(root)) return RuleFormat::kFalco;
  if (is_datadog(root)) return RuleFormat::kDatadog;
  if (is_sentinel_arm(root)) return RuleFormat::kSentinelArm;
  if (is_panther(root)) return RuleFormat::kPanther;
  if (is_elastic(root)) return RuleFormat::kElastic;
  if (has_all(root, {"attack_mapping", "id"})) return RuleFormat::kCsa;
  if (has_all(root, {"logic_format", "id"})) return RuleFormat::kAnvilogic;
  if (is_okta(root)) return RuleFormat::kOkta;
  if (is_splunk(root)) return RuleFormat::kSplunk;
  if (is_sentinel(root)) return RuleFormat::kSentinel;
  return std::nullopt;
}

// Trees take 30 times the room of their text, so they are held to YAML's bound each, and together
// to what 5,000 rules exported from Kibana need (200 values each, measured).
class JsonTrees {
 public:
  JsonTrees(RuleFile& file, const Limits& limits) : file_(file), limits_(limits) {}

  // False at what cannot be read, and `file.error` says why.
  bool add(std::string text, std::size_t first_line) {
    const auto document = text::JsonDocument::parse(std::move(text), file_.path, limits_);
    if (!document) {
      file_.error = document.error();
      file_.error->place.line += first_line - 1;
      return false;
    }
    num_values_ += document->num_values();
    if (document->num_values() > limits_.max_yaml_nodes ||
        num_values_ > 5 * limits_.max_yaml_nodes) {
      file_.error = Error(text::kYamlTooLarge, "the document has too many values",
                          {.file = file_.path, .line = first_line});
      return false;
    }
    file_.trees.push_back(text::yaml_of_json(*document, first_line));
    return true;
  }

 private:
  RuleFile& file_;
  const Limits& limits_;
  std::size_t num_values_ = 0;
};

// One JSON document, or one a line; the first line tells whether lines are meant, and whether they
// are rules.
void read_json(RuleFile& file, const Limits& limits) {
  JsonTrees trees(file, limits);
  if (trees.add(file.text, 1)) return;
  const Error whole = *std::exchange(file.error, std::nullopt);
  std::string_view rest = file.text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const bool is_first = file.trees.empty();
    const bool was_read = trees.add(std::string(line), number);
    if (is_first && !was_read) file.error = whole;
    if (!was_read || (is_first && !format_of(file.trees.front()))) return;
  }
}

void read_toml(RuleFile& file, const Limits& limits) {
  auto root = text::parse_toml(file.text, file.path, limits);
  if (root) {
    file.trees.push_back(*std::move(root));
  } else {
    file.error = std::move(root.error());
  }
}

void read_yaml(RuleFile& file, const Limits& limits) {
  text::YamlStream stream = text::parse_yaml_stream(file.text, file.path, limits);
  file.trees = std::move(stream.documents);
  file.error = std::move(stream.error);
}

bool has_line(std::string_view text, std::string_view start) {
  for (std::size_t at = text.find(start); at != std::string_view::npos;
       at = text.find(start, at + 1))
    if (at == 0 || text[at - 1] == '\n') return true;
  return false;
}

bool is_wazuh(std::string_view text) {
  return text.starts_with('<') && text.find("<rule ") != std::string_view::npos &&
         text.find("<group") != std::string_view::npos;
}

// The formats that are no trees.
std::optional<RuleFormat> format_of_text(std::string_view text) {
  if (is_wazuh(text)) return RuleFormat::kWazuh;
  if (is_sumo(text)) return RuleFormat::kSumo;
  if (is_yaral(text)) return RuleFormat::kYaral;
  if (is_savedsearches(text)) return RuleFormat::kSavedSearches;
  if (is_csv_rules(text)) return RuleFormat::kCsv;
  return std::nullopt;
}

// Whose a text is meant to be that could not be read as far as its keys: by keys at the beginning
// of a line that no other product has.
std::optional<RuleFormat> format_meant(std::string_view text) {
  constexpr auto kMarks = std::to_array<std::pair<std::string_view, RuleFormat>>(
      {{"AnalysisType:", RuleFormat::kPanther},
       {"RuleID:", RuleFormat::kPanther},
       {"relevantTechniques:", RuleFormat::kSentinel},
       {"requiredDataConnectors:", RuleFormat::kSentinel},
       {"queryFrequency:", RuleFormat::kSentinel},
       {"attack_mapping:", RuleFormat::kCsa},
       {"logic_format:", RuleFormat::kAnvilogic},
       {"how_to_implement:", RuleFormat::kSplunk},
       {"data_source:", RuleFormat::kSplunk},
       {"threat:", RuleFormat::kOkta},
       {"- rule:", RuleFormat::kFalco},
       {"- macro:", RuleFormat::kFalco},
       {"- required_engine_version:", RuleFormat::kFalco}});
  const auto found =
      std::ranges::find_if(kMarks, [&](const auto& mark) { return has_line(text, mark.first); });
  return found == kMarks.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::string_view to_string(RuleFormat format) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"elastic", "splunk", "splunk", "sentinel", "sentinel", "panther", "yaral", "falco", "wazuh",
       "anvilogic", "okta", "gcp-csa", "sumo", "datadog", "csv"});
  return kNames.at(static_cast<std::size_t>(format));
}

std::span<const std::string_view> format_names() {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"sigma", "elastic", "splunk", "sentinel", "panther", "yaral", "falco", "wazuh", "anvilogic",
       "okta", "gcp-csa", "sumo", "datadog", "csv"});
  return kNames;
}

bool is_sigma(std::string_view text) {
  return has_line(text, "logsource:") || has_line(text, "correlation:") ||
         has_line(text, "action: global");
}

std::optional<RuleFile> recognize(std::string text, std::string path, const Limits& limits) {
  if (is_sigma(text)) return std::nullopt;
  RuleFile file{.path = std::move(path), .text = std::move(text)};
  std::string_view start = file.text;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start.remove_prefix(std::min(start.size(), start.find_first_not_of(" \t\r\n")));
  if (start.empty()) return std::nullopt;
  if (const auto format = format_of_text(start)) {
    file.format = *format;
    // A row or line makes a detection of 50 times its size.
    if (file.text.size() > limits.max_rule_bytes) {
      file.text.clear();
      file.error =
          Error(kTooLarge, "the file is too large for a list of rules", {.file = file.path});
    }
    return file;
  }
  const bool is_toml = has_line(start, "[rule]") || has_line(start, "[[rule.threat]]");
  if (is_toml) {
    read_toml(file, limits);
    file.format = RuleFormat::kElastic;
    // A table [rule] in a file that cannot be read is meant as one of these.
    if (file.error) return file;
  } else if (start.starts_with('{') || start.starts_with('[')) {
    read_json(file, limits);
  } else {
    read_yaml(file, limits);
  }
  for (const YamlNode& tree : file.trees) {
    const auto format = format_of(tree);
    if (!format) continue;
    file.format = *format;
    return file;
  }
  const auto meant = file.error && file.trees.empty() ? format_meant(start) : std::nullopt;
  if (!meant) return std::nullopt;
  file.format = *meant;
  return file;
}

}  // namespace nepho::inventory
