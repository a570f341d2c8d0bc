#include "navigator/coverage_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "coverage/sample.h"
#include "navigator/read_layer.h"
#include "navigator/write_layer.h"

namespace nepho::navigator {
namespace {

using coverage::sample_rule;
using testing::Contains;

class CoverageLayer : public testing::Test {
 protected:
  CoverageLayer() {
    coverage::Inputs inputs = sample_.inputs();
    auto off = sample_rule("off", {"T1530"});
    off.enabled = false;
    auto hostile = sample_rule("h", {"T1078"});
    hostile.name = "<img src=x onerror=alert(1)>\n" + std::string(500, 'x');
    inputs.detections = {sample_rule("r", {"T1530"}), off, hostile};
    inputs.fired = {{"r", 4}};
    coverage_ = coverage::assess(inputs);
  }

  Layer aws() { return to_layer(coverage_, *sample_.catalogue, "aws"); }
  static const TechniqueEntry& entry(const Layer& layer, std::string_view id) {
    return *std::ranges::find(layer.techniques, id, &TechniqueEntry::technique_id);
  }

  coverage::SampleMatrix sample_;
  coverage::Coverage coverage_;
};

TEST_F(CoverageLayer, HasEveryActiveTechniqueOnceAndHidesWhatIsOutOfScope) {
  const Layer layer = aws();
  EXPECT_EQ(layer.techniques.size(),
            static_cast<std::size_t>(std::ranges::count_if(sample_.catalogue->facts().techniques,
                                                           &attack::Technique::is_active)));
  EXPECT_TRUE(layer.hide_disabled);
  EXPECT_FALSE(entry(layer, "T1610").enabled);  // containers
  EXPECT_TRUE(entry(layer, "T1530").enabled);
}

TEST_F(CoverageLayer, ShowsASubtechniqueWhoseParentIsOutOfScope) {
  const Layer layer = aws();
  EXPECT_FALSE(entry(layer, "T1686").enabled);
  EXPECT_TRUE(entry(layer, "T1686.001").enabled);
}

TEST_F(CoverageLayer, ScoresByStateWithColourAndLegend) {
  const Layer layer = aws();
  EXPECT_EQ(entry(layer, "T1530").score, 35);
  EXPECT_EQ(entry(layer, "T1530").color, "#f0e442");
  EXPECT_EQ(entry(layer, "T1136").score, 15);
  EXPECT_THAT(layer.legend, Contains(LegendItem{"Mapped", "#f0e442"}));
  for (const TechniqueEntry& technique : layer.techniques) EXPECT_EQ(technique.tactic, "");
}

TEST_F(CoverageLayer, ScoresNothingThatDoesNotApply) {
  const Layer layer = to_layer(coverage_, *sample_.catalogue, "azure");
  EXPECT_FALSE(entry(layer, "T1136.003").enabled);
  EXPECT_FALSE(entry(layer, "T1136.003").score);
  EXPECT_EQ(entry(layer, "T1136.003").comment, "users live elsewhere");
}

TEST_F(CoverageLayer, NamesTheRulesInMetadata) {
  const Layer layer = aws();
  const auto& metadata = entry(layer, "T1530").metadata;
  EXPECT_THAT(metadata, Contains(Pair{"rule", "Rule r"}));
  EXPECT_THAT(metadata, Contains(Pair{"broken rule", "Rule off: disabled"}));
  EXPECT_THAT(metadata, Contains(Pair{"fired", "4"}));
}

TEST_F(CoverageLayer, KeepsWhatOthersWrotePlainAndShort) {
  const Layer layer = aws();
  for (const Pair& pair : entry(layer, "T1078").metadata) {
    EXPECT_EQ(pair.value.find_first_of("<>\n"), std::string::npos);
    EXPECT_LT(pair.value.size(), 200U);
  }
}

TEST_F(CoverageLayer, CombinedShowsTheWeakestProviderAndEachOneBeside) {
  const Layer layer = to_combined_layer(coverage_, *sample_.catalogue);
  EXPECT_EQ(entry(layer, "T1530").score, 15);  // azure; gcp is not known to apply
  EXPECT_EQ(entry(layer, "T1078").score, 0);   // gcp is blind
  EXPECT_THAT(entry(layer, "T1078").metadata, Contains(Pair{"aws", "mapped"}));
  EXPECT_THAT(entry(layer, "T1078").metadata, Contains(Pair{"gcp", "blind"}));
}

TEST_F(CoverageLayer, ComesBackAsItWasWritten) {
  for (const Layer& layer : {aws(), to_combined_layer(coverage_, *sample_.catalogue)}) {
    const auto found = read_layers(to_json(layer), "x.json");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->layers.at(0).layer, layer);
    EXPECT_TRUE(found->report.problems().empty());
  }
}

}  // namespace
}  // namespace nepho::navigator
