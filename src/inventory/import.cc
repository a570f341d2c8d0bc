#include "inventory/import.h"

#include <utility>

#include "inventory/anvilogic.h"
#include "inventory/csa.h"
#include "inventory/csv_rules.h"
#include "inventory/datadog.h"
#include "inventory/elastic.h"
#include "inventory/falco.h"
#include "inventory/mapping.h"
#include "inventory/okta.h"
#include "inventory/panther.h"
#include "inventory/savedsearches.h"
#include "inventory/sentinel.h"
#include "inventory/splunk.h"
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

void finish(ForeignRule& rule, const References& references) {
  Detection& detection = rule.detection;
  sort_once(detection.providers);
  const ClaimForm form = detection.format == "sentinel" ? ClaimForm::kOwnTactics : ClaimForm::kId;
  map_claims(rule.claims, rule.place.file, form, references, detection);
  check_mapping(rule.claims, rule.place, references, detection);
}

}  // namespace

std::vector<ForeignRule> import_with_claims(RuleFile& file, const References& references) {
  std::vector<ForeignRule> rules = read_rules(file);
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
