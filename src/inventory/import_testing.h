// For tests of importers: from the text of a file to its detections, against what the program knows
// (ATT&CK 19.1).
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "attack/library.h"
#include "inventory/import.h"

namespace nepho::inventory {

// Loaded once for all tests.
inline const References& test_references() {
  static const Knowledge kKnowledge;
  static const auto kCatalogue = attack::load_catalogue(kKnowledge, "19.1");
  static const auto kProviders = attack::Providers::load(kKnowledge);
  static LoadReport report;
  static const auto kSources = event::LogSources::load(kKnowledge, report);
  static const auto kOthers = attack::OtherVersions::load(kKnowledge, "19.1");
  static const References kReferences{.catalogue = *kCatalogue,
                                      .providers = *kProviders,
                                      .log_sources = kSources,
                                      .other_versions = &kOthers};
  return kReferences;
}

// What comes of a file's text; nothing where it is in none of the formats.
inline std::vector<Detection> imported(std::string text, std::string path = "r") {
  auto file = recognize(std::move(text), std::move(path));
  return file ? import_rules(*std::move(file), test_references()) : std::vector<Detection>();
}

inline Detection imported_one(std::string text, std::string path = "r") {
  std::vector<Detection> detections = imported(std::move(text), std::move(path));
  EXPECT_EQ(detections.size(), 1U);
  detections.resize(1);
  return std::move(detections.front());
}

// The codes of the problems, in order.
inline std::vector<std::string> codes_of(const Detection& detection) {
  std::vector<std::string> codes;
  for (const Problem& problem : detection.problems) codes.emplace_back(problem.error.code.name());
  return codes;
}

}  // namespace nepho::inventory
