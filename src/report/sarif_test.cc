#include "report/sarif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/problems.h"
#include "text/json.h"

namespace nepho::report {
namespace {

using testing::HasSubstr;

text::JsonDocument read(const std::string& sarif) {
  auto document = text::JsonDocument::parse(sarif, "sarif");
  EXPECT_TRUE(document);
  return *std::move(document);
}

inventory::Detection with_problem(Severity severity, ErrorCode code, Place place,
                                  std::string fix = {}) {
  inventory::Detection detection{.id = "a", .path = "rules/a b.yml"};
  detection.problems.push_back({severity, Error(code, "it is so", std::move(place)), fix});
  return detection;
}

TEST(Sarif, EachProblemIsAResultWithItsPlaceAndRule) {
  const std::vector<inventory::Detection> detections = {
      with_problem(Severity::kWarning, inventory::kRetiredTechnique,
                   {.file = "rules/a b.yml", .line = 7, .column = 5}, "T1685.002"),
      with_problem(Severity::kNote, inventory::kParentOnly, {.file = "rules/a b.yml"})};
  const auto document = read(sarif_of(detections, {}, "1.2.3"));
  EXPECT_EQ(document.root().find("version")->text(), "2.1.0");
  const auto run = document.root().find("runs")->children().begin();
  const auto driver = (*run).find("tool")->find("driver");
  EXPECT_EQ(driver->find("version")->text(), "1.2.3");
  std::vector<std::string> rules;
  for (const auto& rule : driver->find("rules")->children()) {
    rules.emplace_back(rule.find("id")->text());
    EXPECT_TRUE(rule.find("fullDescription"));
  }
  EXPECT_THAT(rules, testing::ElementsAre("retired-technique", "parent-only"));
  std::vector<text::JsonValue> results;
  for (const auto& result : (*run).find("results")->children()) results.push_back(result);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].find("level")->text(), "warning");
  EXPECT_THAT(std::string(results[0].find("message")->find("text")->text()),
              HasSubstr("T1685.002"));
  const auto place = (*results[0].find("locations")->children().begin()).find("physicalLocation");
  EXPECT_EQ(place->find("artifactLocation")->find("uri")->text(), "rules/a%20b.yml");
  EXPECT_EQ(place->find("region")->find("startLine")->text(), "7");
  const auto file = (*results[1].find("locations")->children().begin()).find("physicalLocation");
  EXPECT_FALSE(file->find("region"));  // a place without a line is the file's
}

TEST(Sarif, WhatCouldNotBeReadIsAResultToo) {
  const std::vector<Problem> others = {
      {Severity::kError, Error(ErrorCode("base.cannot_read"), "no", {.file = "/x/\xC3\xA4"}), {}}};
  const std::string sarif = sarif_of({}, others, "1");
  read(sarif);
  EXPECT_THAT(sarif, HasSubstr("file:///x/%C3%A4"));
}

}  // namespace
}  // namespace nepho::report
