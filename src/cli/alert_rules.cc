#include "cli/alert_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/printable.h"
#include "cli/rule_documents.h"
#include "inventory/native_detectors.h"
#include "text/fold.h"

namespace nepho::cli {
namespace {

using alert::Alert;
using exercise::AlertRule;
using inventory::Detection;

// "TTPs/Persistence:IAMUser-AnomalousBehavior", as Security Hub has it, is GuardDuty's
// "Persistence:IAMUser/AnomalousBehavior".
std::string detector_type(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::string(text);
  std::string type(text.substr(text.rfind('/', colon) + 1));
  const std::size_t dash = type.find('-');
  if (type.find('/') == std::string::npos && dash != std::string::npos) type[dash] = '/';
  return type;
}

class Resolver {
 public:
  Resolver(const attack::Catalogue& catalogue, const std::vector<Detection>& detections,
           const std::vector<inventory::NativeDetector>& native)
      : catalogue_(catalogue) {
    for (const Detection& detection : detections) {
      if (!detection.id.empty()) by_id_.emplace(text::fold_case(detection.id), &detection);
      for (const std::string& id : detection.also_known_as) {
        by_id_.emplace(text::fold_case(id), &detection);
      }
      if (!detection.name.empty()) ++names_[text::fold_case(detection.name)].count;
      if (!detection.name.empty()) names_[text::fold_case(detection.name)].detection = &detection;
    }
    for (const auto& detector : native) {
      for (const auto& claim : detector.claims) {
        for (const std::string& type : claim.alerts) {
          claims_[type].push_back(claim.technique);
        }
      }
    }
  }

  AlertRule rule_of(const Alert& alert) const {
    const bool is_informational = alert.severity == "informational" || alert.severity == "info";
    if (const Detection* known = find(alert)) {
      return {known->id, known->name, known->hash, known->techniques, is_informational};
    }
    std::string rule = alert.rule.empty() ? alert.title : alert.rule;
    // The same type whichever way it came.
    if (std::string type = detector_type(rule); claims_.contains(type)) rule = std::move(type);
    return {.id = escape_for_log(alert.product + ": " + rule),
            .title = alert.title.empty() ? rule : alert.title,
            .hash = {},
            .techniques = techniques_of(alert),
            .is_informational = is_informational};
  }

 private:
  struct Named {
    std::size_t count = 0;
    const Detection* detection = nullptr;
  };

  const Detection* find(const Alert& alert) const {
    for (const std::string* text : {&alert.rule, &alert.title}) {
      if (text->empty()) continue;
      const auto found = by_id_.find(text::fold_case(*text));
      if (found != by_id_.end()) return found->second;
    }
    for (const std::string* text : {&alert.title, &alert.rule}) {
      if (text->empty()) continue;
      const auto named = names_.find(text::fold_case(*text));
      if (named != names_.end() && named->second.count == 1) return named->second.detection;
    }
    return nullptr;
  }

  std::vector<std::string> techniques_of(const Alert& alert) const {
    std::vector<std::string> current;
    for (const std::string& id : alert.techniques) {
      if (const auto successor = catalogue_.successor(attack::TechniqueId{id})) {
        current.push_back(successor->value);
      }
    }
    if (alert.techniques.empty()) {
      const auto claimed = claims_.find(detector_type(alert.rule));
      if (claimed != claims_.end()) current = claimed->second;
    }
    std::ranges::sort(current);
    const auto repeats = std::ranges::unique(current);
    current.erase(repeats.begin(), repeats.end());
    return current;
  }

  const attack::Catalogue& catalogue_;
  std::unordered_map<std::string, const Detection*> by_id_;
  std::unordered_map<std::string, Named> names_;
  std::map<std::string, std::vector<std::string>, std::less<>> claims_;
};

// None outside a workspace, unless they are named: the built-in pack has nothing to do with what
// another product runs.
Result<std::vector<Detection>> known_rules(Session& session) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  const bool are_named = session.arguments().has("--rules") || session.arguments().has("--pack");
  if (*workspace == nullptr && !are_named) return std::vector<Detection>{};
  auto read = read_detections(session);
  if (!read) return std::unexpected(read.error());
  return std::move(read->detections);
}

}  // namespace

Result<AlertRules> rules_of_alerts(Session& session, const std::vector<Alert>& alerts) {
  if (!session.catalogue()) return std::unexpected(session.catalogue().error());
  if (!session.providers()) return std::unexpected(session.providers().error());
  const auto known = known_rules(session);
  if (!known) return std::unexpected(known.error());
  LoadReport report;
  const auto native =
      inventory::load_native_detectors(session.knowledge(), *session.catalogue(), report);
  session.report(report);
  const Resolver resolver(*session.catalogue(), *known, native);
  AlertRules out;
  for (const Alert& alert : alerts) out.rules.push_back(resolver.rule_of(alert));
  for (const Detection& detection : *known) out.known_techniques.push_back(detection.techniques);
  return out;
}

}  // namespace nepho::cli
