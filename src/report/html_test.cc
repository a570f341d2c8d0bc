#include "report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "coverage/sample.h"
#include "report/markup_outline.h"
#include "text/base64.h"

namespace nepho::report {
namespace {

using coverage::Coverage;
using coverage::sample_rule;
using testing::HasSubstr;
using testing::Not;

constexpr PageOptions kNoOptions{};

// Rules of every kind the page lists: working, fired, broken, unmapped; a name each.
Coverage coverage_of(const std::vector<std::string>& names) {
  const coverage::SampleMatrix sample;
  coverage::Inputs inputs = sample.inputs();
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto rule = sample_rule(fmt::format("r{:05}", i), {"T1530"});
    rule.name = names[i];
    rule.path = names[i];
    rule.level = names[i];
    if (i % 3 == 1) rule.enabled = false;
    if (i % 3 == 2) rule.techniques = {names[i]};
    inputs.fired[rule.id] = i % 5;
    inputs.detections.push_back(rule);
  }
  inputs.assumptions = {names.at(0)};
  Coverage coverage = coverage::assess(inputs);
  coverage.techniques[0].name = names[0];
  coverage.providers[0].name = names[0];
  coverage.tactics[0].name = names[0];
  return coverage;
}

std::string page_of(const std::vector<std::string>& names) {
  return to_html(coverage_of(names), {.organisation = names.at(0), .program_version = "0.1.0"});
}

TEST(Html, IsWellFormed) { EXPECT_EQ(outline(page_of({"One", "Two", "Three"})).fault, ""); }

TEST(Html, NeedsNothingElse) {
  const std::string page = page_of({"One", "Two", "Three"});
  for (const char* way_out : {"<script", "<link", "<img", "<iframe", "src=", "url(", "@import",
                              "http://", "https://", " style=\""}) {
    EXPECT_EQ(page.find(way_out), std::string::npos) << way_out;
  }
}

TEST(Html, ItsPolicyLetsInItsOwnStyleAndNothingElse) {
  const std::string page = page_of({"One", "Two", "Three"});
  const std::size_t begin = page.find("<style>") + 7;
  const std::string style = page.substr(begin, page.find("</style>") - begin);
  EXPECT_THAT(page, HasSubstr("default-src &#39;none&#39;; style-src &#39;sha256-" +
                              text::to_base64(sha256(style)) + "&#39;"));
}

TEST(Html, WhatOthersWroteLeavesItsElementsAsTheyAre) {
  const std::vector<std::string> payloads = hostile_texts();
  const std::vector<std::string> plain(payloads.size(), "name");
  const Outline hostile = outline(page_of(payloads));
  EXPECT_EQ(hostile.fault, "");
  EXPECT_EQ(hostile.num_unlike(outline(page_of(plain)), {}), 0U);
}

TEST(Html, ForLeadershipLeavesTheMatrixAndWhatIsToBeMendedOut) {
  const Coverage coverage = coverage_of({"One", "Two"});
  const std::string all = to_html(coverage, {});
  const std::string one = to_html(coverage, {.audience = Audience::kLeadership});
  EXPECT_EQ(outline(one).fault, "");
  for (const char* id : {"id=\"core\"", "id=\"providers\""}) EXPECT_THAT(one, HasSubstr(id));
  for (const char* id : {"id=\"map\"", "id=\"broken\"", "id=\"why\"", "href=\"#map\""}) {
    EXPECT_THAT(all, HasSubstr(id));
    EXPECT_EQ(one.find(id), std::string::npos) << id;
  }
}

TEST(Html, SaysFirstThatNothingIsProven) {
  EXPECT_THAT(page_of({"One"}), HasSubstr("None of it is proven"));
}

TEST(Html, TilesLeadToTheReasonsOfTheirCell) {
  const std::string page = page_of({"One", "Two", "Three"});
  EXPECT_THAT(page, HasSubstr("href=\"#T1530-aws\""));
  EXPECT_THAT(page, HasSubstr("id=\"T1530-aws\""));
}

TEST(Html, ListsBrokenAndUnmappedRulesWithTheirReasons) {
  const std::string page = page_of({"One", "Two", "Three"});
  EXPECT_THAT(page, HasSubstr("disabled: it is switched off"));
  EXPECT_THAT(page, HasSubstr("Three is not in the cloud matrix"));
}

TEST(Html, SwitchesBetweenProvidersWithoutAScript) {
  const std::string page = page_of({"One"});
  EXPECT_THAT(page, HasSubstr("#show-3:checked~#map-3{display:block}"));  // all, and three
  EXPECT_THAT(page, Not(HasSubstr("#show-4:checked")));
}

TEST(Html, ShowsAnEmptyCoverageToo) {
  EXPECT_EQ(outline(to_html(Coverage{}, kNoOptions)).fault, "");
}

}  // namespace
}  // namespace nepho::report
