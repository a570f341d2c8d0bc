// Whatever the text, importing it ends, every detection's problems stand at a place inside the
// text, and what it maps to is sorted, without repeats, and in ATT&CK.
#include "inventory/rule_file.h"

#include <algorithm>
#include <string>
#include <vector>

#include "attack/library.h"
#include "base/check.h"
#include "inventory/import.h"

namespace {

using nepho::inventory::Detection;

const nepho::inventory::References& references() {
  static const nepho::Knowledge kKnowledge;
  static const auto kCatalogue = nepho::attack::load_catalogue(kKnowledge, "19.1");
  static const auto kProviders = nepho::attack::Providers::load(kKnowledge);
  static nepho::LoadReport report;
  static const auto kSources = nepho::event::LogSources::load(kKnowledge, report);
  static const nepho::inventory::References kReferences{*kCatalogue, *kProviders, kSources};
  return kReferences;
}

bool is_ordered(const std::vector<std::string>& ids) {
  return std::ranges::is_sorted(ids) && std::ranges::adjacent_find(ids) == ids.end();
}

void check(const Detection& detection, std::size_t most_lines) {
  CHECK(!detection.runnable);
  CHECK(is_ordered(detection.techniques) && is_ordered(detection.tactics));
  CHECK(is_ordered(detection.providers));
  for (const std::string& id : detection.techniques) {
    const auto* technique = references().catalogue.find(nepho::attack::TechniqueId{id});
    CHECK(technique != nullptr && technique->is_active());
  }
  for (const nepho::Problem& problem : detection.problems)
    CHECK(problem.error.place.line <= most_lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  auto file = nepho::inventory::recognize(std::move(text), "fuzz");
  if (!file) return 0;
  for (const Detection& detection : nepho::inventory::import_rules(*std::move(file), references()))
    check(detection, size + 1);
  return 0;
}
