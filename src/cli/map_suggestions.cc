#include "cli/map_suggestions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "inventory/suggest.h"

namespace nepho::cli {
namespace {

using inventory::Detection;
using inventory::Suggestion;

std::string mapping_of(const Detection& detection) {
  if (!detection.techniques.empty()) return fmt::format("{}", fmt::join(detection.techniques, " "));
  return detection.tactics.empty() ? "nothing" : "tactics only";
}

}  // namespace

std::vector<Option> suggestion_options() {
  return {{.name = "--suggest",
           .help = "techniques for rules that name none or a parent alone, from their events"}};
}

bool wants_suggestions(const Session& session) {
  return session.arguments().has("--suggest") || session.arguments().has("--lint");
}

report::Table suggestion_table(const inventory::Inventory& inventory) {
  report::Table table({{"RULE"},
                       {"NAMES"},
                       {"SUGGESTED", report::Align::kLeft, false},
                       {"CONFIDENCE", report::Align::kRight, false},
                       {"BECAUSE OF"}});
  for (const Detection& detection : inventory.detections) {
    const std::string name = detection.name.empty() ? detection.path : detection.name;
    for (const Suggestion& suggestion : inventory::useful_suggestions(detection))
      table.add_row(
          {name, mapping_of(detection), report::Cell(suggestion.technique, report::Tone::kStrong),
           fmt::format("{:.2f}", suggestion.confidence), inventory::reason_of(suggestion)});
  }
  return table;
}

}  // namespace nepho::cli
