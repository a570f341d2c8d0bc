// A logsource says whose logs a rule reads, in Sigma's words. The log sources that we can read know
// themselves by which of them they are meant (event/log_source.h); for the others the products of
// SigmaHQ's taxonomy at least tell the provider, so that a rule on logs we cannot read is still
// counted on paper where it belongs.
//
// With a log source known, each field of the rule is held against its schema: a name that no record
// has is the commonest way for a rule to be silent for ever.
#include "inventory/sigma_logsource.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "base/printable.h"
#include "inventory/event_lint.h"
#include "inventory/problems.h"
#include "sigma/needed_fields.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace nepho::inventory {
namespace {

// SigmaHQ's taxonomy of cloud products. An empty service is any; the first line that fits counts.
// As everywhere in Sigma, case does not.
struct Product {
  std::string_view product;
  std::string_view service;  // a trailing '*' is a prefix
  std::string_view provider;
};
constexpr auto kProducts = std::to_array<Product>({
    {"aws", "", "aws"},
    {"azure", "activitylogs", "azure"},
    {"azure", "auditlogs", "entra"},
    {"azure", "signinlogs", "entra"},
    {"azure", "riskdetection", "entra"},
    {"azure", "pim", "entra"},
    {"azure", "", "azure"},
    {"gcp", "google_workspace*", "gws"},
    {"gcp", "", "gcp"},
    {"google_workspace", "", "gws"},
    {"m365", "", "m365"},
    {"okta", "", "okta"},
    {"github", "", "github"},
    {"kubernetes", "", "kubernetes"},
});

bool fits(std::string_view pattern, std::string_view service) {
  if (pattern.ends_with('*')) {
    pattern.remove_suffix(1);
    service = service.substr(0, pattern.size());
  }
  return pattern.empty() || text::equal_ignoring_case(pattern, service);
}

void add_once(std::string text, std::vector<std::string>& texts) {
  if (std::ranges::count(texts, text) == 0) texts.push_back(std::move(text));
}

bool is_known(const std::vector<const event::LogSource*>& sources, std::string_view field) {
  return std::ranges::any_of(sources, [&](const event::LogSource* source) {
    // A name that others use for a field counts as the field.
    if (std::ranges::count(source->aliases, field, &event::FieldAlias::name) != 0) return true;
    return std::ranges::any_of(source->paths_of(field),
                               [&](const std::string& path) { return source->knows(path); });
  });
}

// What the field's name may have been meant for: a path of the schema that ends in it ("riskState"
// for "properties.riskState"), a path or alias that is nearly it, the name of a pivoted element.
std::string field_hint(const std::vector<const event::LogSource*>& sources,
                       std::string_view field) {
  std::vector<std::string_view> names;
  for (const event::LogSource* source : sources) {
    for (const auto& [path, types] : source->schema) {
      const bool ends_in_it =
          path.size() > field.size() + 1 && path[path.size() - field.size() - 1] == '.' &&
          text::equal_ignoring_case(path.substr(path.size() - field.size()), field);
      if (ends_in_it) return fmt::format("did you mean '{}'?", path);
      names.push_back(path);
    }
    for (const event::FieldAlias& alias : source->aliases) names.push_back(alias.name);
  }
  std::string hint = text::did_you_mean(field, names);
  for (const event::LogSource* source : sources) {
    if (!hint.empty() || source->pivots.empty()) continue;
    hint = fmt::format("if it names an element, write it behind its array, as in '{}.{}'",
                       source->pivots.front().array, escape_for_log(field));
  }
  return hint;
}

// A rule that can hold without the field has a note of it, any other a warning: it can never hold
// if the field is not there (coverage/gate.h).
void check_fields(const sigma::Rule& rule, const std::vector<const event::LogSource*>& sources,
                  Detection& detection) {
  const std::set<std::string_view> needed = sigma::needed_fields(rule);
  std::set<std::string_view> seen;
  for (const sigma::Item& item : rule.items) {
    if (item.is_keyword() || !seen.insert(item.field).second || is_known(sources, item.field))
      continue;
    detection.problems.push_back(
        {needed.contains(item.field) ? Severity::kWarning : Severity::kNote,
         Error(kUnknownField,
               fmt::format("no record of {} is known to have the field '{}'",
                           fmt::join(detection.log_sources, " or "), escape_for_log(item.field)),
               {.file = rule.place.file, .line = item.line, .column = item.column},
               field_hint(sources, item.field)),
         {}});
  }
}

bool is_same(const Problem& a, const Problem& b) {
  return a.error.code == b.error.code && a.error.place.line == b.error.place.line &&
         a.error.place.column == b.error.place.column;
}

// Where several log sources may feed the rule, what one of them lacks another may have: a problem
// is one when it is one on each.
void check_events(const sigma::Rule& rule, const std::vector<const event::LogSource*>& sources,
                  const References& references, Detection& detection) {
  if (references.event_facts == nullptr) return;
  std::optional<std::vector<Problem>> on_each;
  for (const event::LogSource* source : sources) {
    const event::EventFacts* facts = references.event_facts->find(source->id);
    if (facts == nullptr) return;
    std::vector<Problem> problems = lint_events(rule, *source, *facts);
    if (on_each) {
      std::erase_if(*on_each, [&](const Problem& problem) {
        return std::ranges::none_of(problems,
                                    [&](const Problem& other) { return is_same(problem, other); });
      });
    } else {
      on_each = std::move(problems);
    }
  }
  if (!on_each) return;
  for (Problem& problem : *on_each) detection.problems.push_back(std::move(problem));
}

std::vector<const event::LogSource*> take_logsource(const sigma::Logsource& logsource,
                                                    const References& references,
                                                    Detection& detection) {
  const auto& [product, category, service] = logsource;
  const auto sources = references.log_sources.for_sigma(product, category, service);
  bool has_provider = false;
  for (const event::LogSource* source : sources) {
    add_once(source->id, detection.log_sources);
    has_provider = has_provider || !source->provider.empty();
    if (!source->provider.empty()) add_once(source->provider, detection.providers);
  }
  if (has_provider) return sources;
  const auto known = std::ranges::find_if(kProducts, [&](const Product& line) {
    return text::equal_ignoring_case(line.product, logsource.product) &&
           fits(line.service, logsource.service);
  });
  if (known != kProducts.end()) add_once(std::string(known->provider), detection.providers);
  return sources;
}

Problem unknown_logsource(const sigma::Rule& rule) {
  return {Severity::kNote,
          Error(kUnknownLogSource,
                fmt::format("no log source is known for product '{}', category '{}', service '{}'",
                            escape_for_log(rule.logsource.product),
                            escape_for_log(rule.logsource.category),
                            escape_for_log(rule.logsource.service)),
                rule.place),
          {}};
}

}  // namespace

void map_logsource(const sigma::Rule& rule, const References& references, Detection& detection) {
  if (rule.correlation) {
    for (const sigma::Logsource& logsource : rule.correlation->logsources)
      take_logsource(logsource, references, detection);
  } else {
    const auto sources = take_logsource(rule.logsource, references, detection);
    if (!sources.empty()) {
      check_fields(rule, sources, detection);
      check_events(rule, sources, references, detection);
    } else if (rule.logsource != sigma::Logsource{}) {
      detection.problems.push_back(unknown_logsource(rule));
    }
  }
  std::ranges::sort(detection.log_sources);
  std::ranges::sort(detection.providers);
}

}  // namespace nepho::inventory
