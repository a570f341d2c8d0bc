#include "inventory/savedsearches.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "inventory/splunk.h"
#include "text/json.h"

namespace nepho::inventory {
namespace {

struct Setting {
  std::string value;
  std::size_t line = 0;
};

struct Stanza {
  std::string name;
  std::size_t line = 0;
  std::map<std::string, Setting, std::less<>> settings;

  std::string_view at(std::string_view key) const {
    const auto found = settings.find(key);
    return found == settings.end() ? std::string_view() : std::string_view(found->second.value);
  }
};

constexpr std::string_view kAnnotations = "action.correlationsearch.annotations";

// Lines of "key = value" under "[name]"; '#' begins a comment, '\' at the end continues a value.
std::vector<Stanza> read_stanzas(std::string_view text) {
  std::vector<Stanza> stanzas;
  Setting* continued = nullptr;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view raw = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), raw.size() + 1));
    std::string_view line = trimmed(raw);
    const bool goes_on = line.ends_with('\\');
    if (goes_on) line.remove_suffix(1);
    if (continued != nullptr) {
      continued->value.append("\n").append(line);
      if (!goes_on) continued = nullptr;
    } else if (line.starts_with('[') && line.ends_with(']')) {
      stanzas.push_back({.name = std::string(line.substr(1, line.size() - 2)), .line = number});
    } else if (const std::size_t equals = line.find('=');
               !stanzas.empty() && !line.starts_with('#') && equals != std::string_view::npos) {
      Setting& setting = stanzas.back().settings[std::string(trimmed(line.substr(0, equals)))];
      setting = {std::string(trimmed(line.substr(equals + 1))), number};
      continued = goes_on ? &setting : nullptr;
    }
  }
  return stanzas;
}

std::optional<std::string> level_of_stanza(const Stanza& stanza) {
  if (auto level = level_of(stanza.at("action.notable.param.severity"))) return level;
  const std::string_view score = stanza.at("action.risk.param._risk_score");
  int risk = 0;
  const auto read = std::from_chars(score.data(), score.data() + score.size(), risk);
  if (read.ec != std::errc()) return std::nullopt;
  return level_of_risk(risk);
}

void take_annotations(const Stanza& stanza, const RuleFile& file, ForeignRule& rule) {
  const auto found = stanza.settings.find(kAnnotations);
  if (found == stanza.settings.end()) return;
  auto document = text::JsonDocument::parse(found->second.value, file.path);
  if (!document) {
    Error error = std::move(document.error());
    error.place.line += found->second.line - 1;
    rule.detection.problems.push_back({Severity::kError, std::move(error), {}});
    return;
  }
  const auto ids = document->root().find("mitre_attack");
  if (!ids) return;
  for (const text::JsonValue& id : ids->children())
    rule.claims.push_back({.text = std::string(leading_id(id.text())),
                           .line = found->second.line,
                           .column = 1,
                           .scalar = std::string(id.text())});
}

}  // namespace

bool is_savedsearches(std::string_view text) {
  return text.find("action.correlationsearch") != std::string_view::npos &&
         text.find("\nsearch") != std::string_view::npos &&
         text.find('[') != std::string_view::npos && !text.starts_with('{');
}

std::vector<ForeignRule> read_savedsearches(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const Stanza& stanza : read_stanzas(file.text)) {
    const bool is_detection = stanza.settings.contains(kAnnotations) ||
                              stanza.settings.contains("action.correlationsearch.enabled") ||
                              stanza.settings.contains("action.risk.param._risk_score");
    if (stanza.at("search").empty() || !is_detection) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, stanza.line, 1));
    Detection& detection = read.detection;
    detection.id = stanza.name;
    const std::string_view label = stanza.at("action.correlationsearch.label");
    detection.name = label.empty() ? stanza.name : std::string(label);
    detection.level = level_of_stanza(stanza);
    const std::string_view disabled = stanza.at("disabled");
    detection.enabled = disabled != "1" && disabled != "true";
    add_splunk_providers(stanza.at("search"), detection.providers);
    read.logic = stanza.at("search");
    take_annotations(stanza, file, read);
  }
  return rules;
}

}  // namespace nepho::inventory
