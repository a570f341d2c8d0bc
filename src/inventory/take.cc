// One document, one detection: of a rule that could not be read as far as its id, only what is
// wrong with it; of one that could, what it maps to, and whether that mapping holds, also when it
// cannot be run. Filters are no detections but change others; they were joined to their rules by
// sigma/.
#include "inventory/take.h"

#include <algorithm>
#include <utility>

#include "inventory/foreign_rule.h"
#include "inventory/mapping.h"
#include "inventory/sigma_logsource.h"
#include "inventory/sigma_tags.h"
#include "inventory/suggest.h"
#include "sigma/digest.h"

namespace nepho::inventory {
namespace {

// SigmaHQ keeps what is not to be run in folders of these names.
bool is_in_retired_folder(std::string_view path) {
  for (const std::string_view name : {"/deprecated/", "/unsupported/", "/_deprecated/"}) {
    if (path.find(name) != std::string_view::npos || path.starts_with(name.substr(1))) return true;
  }
  return false;
}

bool is_retired(std::optional<sigma::Status> status) {
  return status == sigma::Status::kDeprecated || status == sigma::Status::kUnsupported;
}

}  // namespace

std::optional<Detection> to_detection(const sigma::Document& document,
                                      const References& references) {
  using Kind = sigma::DocumentKind;
  if (document.kind == Kind::kFilter || document.kind == Kind::kOther) return std::nullopt;
  const sigma::Rule& rule = document.rule;
  Detection detection{.id = rule.id.value,
                      .name = rule.title,
                      .format = "sigma",
                      .path = rule.place.file,
                      .enabled = !is_retired(rule.status) && !is_in_retired_folder(rule.place.file),
                      .runnable = document.is_runnable,
                      .is_silent = rule.is_silent,
                      .problems = document.problems,
                      .line = rule.place.line};
  if (rule.level) detection.level = sigma::to_string(*rule.level);
  if (rule.status) detection.status = sigma::to_string(*rule.status);
  const bool was_read = !rule.id.value.empty();
  if (!was_read) return detection;
  map_logsource(rule, references, detection);
  // Of a rule that cannot be run only a part is known, and that of two may be the same.
  if (document.is_runnable) detection.hash = sigma::digest_of(rule);
  detection.last_changed = iso_date(rule.modified.empty() ? rule.date : rule.modified);
  const std::vector<Claim> claims = claims_of_tags(rule);
  map_claims(claims, rule.place.file, ClaimForm::kSigmaTag, references, detection);
  check_mapping(claims, rule.place, references, detection);
  if (references.decisive_events != nullptr) {
    detection.suggestions =
        suggest(asked_text(rule), detection.providers, *references.decisive_events);
    hint_suggestions(detection);
  }
  return detection;
}

Named named_by(const sigma::Rule& rule, const References& references) {
  Detection detection;
  if (!rule.id.value.empty())
    map_claims(claims_of_tags(rule), rule.place.file, ClaimForm::kSigmaTag, references, detection);
  return {std::move(detection.techniques), std::move(detection.tactics)};
}

Inventory take_documents(const std::vector<sigma::Document>& documents,
                         const References& references) {
  Inventory inventory;
  for (const sigma::Document& document : documents) {
    if (auto detection = to_detection(document, references)) {
      inventory.detections.push_back(*std::move(detection));
    } else {
      for (const Problem& problem : document.problems)
        inventory.report.add(problem.severity, problem.error, problem.fix);
    }
  }
  return inventory;
}

Inventory take(const std::vector<std::string>& arguments, const sigma::LoadOptions& options,
               const References& references) {
  LoadReport report;
  const auto documents = sigma::load_documents(arguments, options, report);
  Inventory inventory = take_documents(documents, references);
  report.append(std::move(inventory.report));
  inventory.report = std::move(report);
  return inventory;
}

bool is_reading_problem(const Problem& problem) {
  // Codes of a folder have a point ("sigma.bad_value"); those of a mapping have none.
  return problem.error.code.name().find('.') != std::string_view::npos;
}

}  // namespace nepho::inventory
