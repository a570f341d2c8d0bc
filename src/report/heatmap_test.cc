#include "report/heatmap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::report {
namespace {

using coverage::sample_rule;
using testing::ElementsAre;

class HeatmapTest : public testing::Test {
 protected:
  HeatmapTest() {
    coverage::Inputs inputs = sample_.inputs();
    auto off = sample_rule("off", {"T1530"});
    off.enabled = false;
    inputs.detections = {sample_rule("r", {"T1530", "T1078.004"}), off};
    inputs.fired = {{"r", 2}};
    coverage_ = coverage::assess(inputs);
  }
  static std::vector<std::string> names(const Heatmap& heatmap) {
    std::vector<std::string> out;
    for (const auto& column : heatmap.columns) out.push_back(column.name);
    return out;
  }

  coverage::SampleMatrix sample_;
  coverage::Coverage coverage_;
};

TEST_F(HeatmapTest, HasTheTacticsInOrderAndTechniquesByName) {
  const Heatmap heatmap = heatmap_of(coverage_, "aws");
  EXPECT_THAT(names(heatmap),
              ElementsAre("Initial Access", "Persistence", "Defense Impairment", "Collection"));
  const TacticColumn& persistence = heatmap.columns[1];
  ASSERT_EQ(persistence.blocks.size(), 2U);
  EXPECT_EQ(persistence.blocks[0].technique.name, "Create Account");
  EXPECT_EQ(persistence.blocks[1].subtechniques.size(), 2U);
  EXPECT_EQ(persistence.paper, (coverage::Share{2, 5}));  // T1078 and T1078.004
}

TEST_F(HeatmapTest, HoldsSubtechniquesTogetherUnderAParentOutsideTheCloud) {
  const Heatmap heatmap = heatmap_of(coverage_, "aws");
  const TechniqueBlock& block = heatmap.columns[2].blocks.at(0);
  EXPECT_EQ(block.technique.cell, nullptr);
  EXPECT_EQ(block.technique.name, "Disable or Modify System Firewall");
  EXPECT_EQ(block.subtechniques.at(0).id.value, "T1686.001");
}

TEST_F(HeatmapTest, LeavesOutWhatDoesNotApplyAndCountsIt) {
  const Heatmap azure = heatmap_of(coverage_, "azure");
  EXPECT_EQ(azure.num_not_applicable, 1U);
  EXPECT_TRUE(azure.columns[1].blocks[0].subtechniques.empty());
}

TEST_F(HeatmapTest, OfAllProvidersShowsTheWeakest) {
  const Heatmap heatmap = heatmap_of(coverage_, "");
  EXPECT_EQ(heatmap.columns[3].blocks[0].technique.cell->provider, "azure");
  EXPECT_EQ(heatmap.num_not_applicable, 0U);
}

TEST_F(HeatmapTest, SaysInWordsWhatATileShows) {
  const Heatmap heatmap = heatmap_of(coverage_, "aws");
  EXPECT_EQ(tile_in_words(coverage_, heatmap.columns[3].blocks[0].technique),
            "T1530 Data from Cloud Storage, AWS: Mapped, 1 rule, 1 broken rule, fired 2 times");
  EXPECT_EQ(tile_in_words(coverage_, heatmap.columns[2].blocks[0].technique),
            "T1686 Disable or Modify System Firewall: not a technique of the cloud itself");
}

}  // namespace
}  // namespace nepho::report
