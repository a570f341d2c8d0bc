#include "report/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"
#include "report/markup_outline.h"

namespace nepho::report {
namespace {

using coverage::Coverage;
using coverage::sample_rule;
using testing::HasSubstr;

Coverage coverage_with(const std::string& name) {
  const coverage::SampleMatrix sample;
  coverage::Inputs inputs = sample.inputs();
  auto rule = sample_rule("r", {"T1530", "T1078"});
  rule.name = name;
  inputs.detections = {rule};
  Coverage coverage = coverage::assess(inputs);
  // Names of a catalogue that somebody imported, or of a provider laid over ours.
  coverage.techniques[0].name = name;
  coverage.providers[0].name = name;
  coverage.tactics[0].name = name;
  return coverage;
}

std::string picture(const Coverage& coverage) {
  const Heatmap maps[] = {heatmap_of(coverage, "aws"), heatmap_of(coverage, "azure")};
  return to_svg(coverage, maps);
}

TEST(Svg, SaysWhatItShowsToThoseWhoCannotSeeIt) {
  const std::string svg = picture(coverage_with("Name"));
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"title description\""));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"description\">"));
  EXPECT_THAT(svg, HasSubstr("<title>T1530 Data from Cloud Storage, Name: Mapped, 1 rule</title>"));
}

TEST(Svg, MarksCellsThatAreNotKnownToApply) {
  const Coverage coverage = coverage_with("Name");
  const Heatmap map = heatmap_of(coverage, "gcp");
  EXPECT_THAT(to_svg(coverage, {&map, 1}), HasSubstr("edge fill-blind unknown"));
}

TEST(Svg, IsWellFormedAndLoadsNothing) {
  const std::string svg = picture(coverage_with("Name"));
  EXPECT_EQ(outline(svg).fault, "");
  EXPECT_EQ(svg.find("href"), std::string::npos);
  EXPECT_EQ(svg.find("url("), std::string::npos);
}

TEST(Svg, HostileNamesLeaveItsElementsAsTheyAre) {
  const Outline plain = outline(picture(coverage_with("Name")));
  for (const std::string& payload : hostile_texts()) {
    const Outline hostile = outline(picture(coverage_with(payload)));
    EXPECT_EQ(hostile.fault, "") << payload;
    EXPECT_EQ(hostile.num_unlike(plain, {"text"}), 0U) << payload;
  }
}

TEST(Svg, GivesTheSameBytesForTheSameCoverage) {
  EXPECT_EQ(picture(coverage_with("Name")), picture(coverage_with("Name")));
}

}  // namespace
}  // namespace nepho::report
