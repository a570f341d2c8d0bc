#include "inventory/import.h"

#include <algorithm>
#include <utility>

#include "inventory/anvilogic.h"
#include "inventory/csa.h"
#include "inventory/csv_rules.h"
#include "inventory/datadog.h"
#include "inventory/duplicates.h"
#include "inventory/elastic.h"
#include "inventory/falco.h"
#include "inventory/mapping.h"
#include "inventory/okta.h"
#include "inventory/panther.h"
#include "inventory/savedsearches.h"
#include "inventory/sentinel.h"
#include "inventory/splunk.h"
#include "inventory/suggest.h"
#include "inventory/sumo.h"
#include "inventory/wazuh.h"
#include "inventory/yaral.h"

namespace nepho::inventory {
namespace {

std::vector<ForeignRule> read_rules(RuleFile& file) {
  switch (file.format) {
    case RuleFormat::kElastic: return read_elastic(file);
    case RuleFormat::kSplunk: return read_splunk(file);
    case RuleFormat::kSavedSearches: return read_savedsearches(file);
    case RuleFormat::kSentinel: return read_sentinel(file);
    case RuleFormat::kSentinelArm: return read_sentinel_arm(file);
    case RuleFormat::kPanther: return read_panther(file);
    case RuleFormat::kYaral: return read_yaral(file);
    case RuleFormat::kFalco: return read_falco(file);
    case RuleFormat::kWazuh: return read_wazuh(file);
    case RuleFormat::kAnvilogic: return read_anvilogic(file);
    case RuleFormat::kOkta: return read_okta(file);
    case RuleFormat::kCsa: return read_csa(file);
    case RuleFormat::kSumo: return read_sumo(file);
    case RuleFormat::kDatadog: return read_datadog(file);
    case RuleFormat::kCsv: return read_csv_rules(file);
  }
  return {};
}

// The log sources that the text names, of the rule's providers.
std::vector<std::string> named_sources(std::string_view text, const Detection& detection,
                                       const event::LogSources& sources) {
  std::vector<std::string> ids;
  for (const event::LogSource* source : sources.named_in(text))
    if (std::ranges::count(detection.providers, source->provider) != 0) ids.push_back(source->id);
  return ids;
}

// The surest first: what the rule says it reads, what its query names, what its tests hold.
void find_log_sources(const ForeignRule& rule, const event::LogSources& sources,
                      Detection& detection) {
  for (const std::string* text : {&rule.reads, &rule.logic, &rule.examples}) {
    if (!detection.log_sources.empty()) return;
    detection.log_sources = named_sources(*text, detection, sources);
  }
}

void finish(ForeignRule& rule, const References& references) {
  Detection& detection = rule.detection;
  sort_once(detection.providers);
  find_log_sources(rule, references.log_sources, detection);
  detection.line = rule.place.line;
  detection.upstream = rule.upstream;
  if (!rule.logic.empty())
    detection.fingerprint = fingerprint_of(rule.logic + "\n" + rule.settings, detection);
  const ClaimForm form = detection.format == "sentinel" ? ClaimForm::kOwnTactics : ClaimForm::kId;
  map_claims(rule.claims, rule.place.file, form, references, detection);
  check_mapping(rule.claims, rule.place, references, detection);
  if (references.decisive_events != nullptr) {
    detection.suggestions = suggest(rule.logic + "\n" + rule.examples, detection.providers,
                                    *references.decisive_events);
    hint_suggestions(detection);
  }
}

}  // namespace

std::vector<ForeignRule> import_with_claims(RuleFile& file, const References& references) {
  std::vector<ForeignRule> rules = read_rules(file);
  // In a file of many nobody can say whose id it is.
  if (rules.size() == 1 && rules.front().upstream.empty())
    rules.front().upstream = sigma_id_in(file.text);
  for (ForeignRule& rule : rules) finish(rule, references);
  return rules;
}

std::vector<Detection> import_rules(RuleFile file, const References& references) {
  std::vector<Detection> detections;
  for (ForeignRule& rule : import_with_claims(file, references))
    detections.push_back(std::move(rule.detection));
  if (file.error) {
    Detection broken{.format = std::string(to_string(file.format)), .path = file.path};
    broken.problems.push_back({Severity::kError, *std::move(file.error), {}});
    detections.push_back(std::move(broken));
  }
  return detections;
}

}  // namespace nepho::inventory
