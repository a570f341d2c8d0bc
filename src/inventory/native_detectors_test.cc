#include "inventory/native_detectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;

TEST(NativeDetectors, OfTheProgramAreOfKnownProvidersAndWithoutFaults) {
  const Knowledge knowledge;
  LoadReport report;
  const auto detectors = load_native_detectors(knowledge, test_references().catalogue, report);
  EXPECT_TRUE(report.problems().empty());
  EXPECT_EQ(native_detector_ids(knowledge).size(), detectors.size());
  EXPECT_THAT(native_detector_ids(knowledge), Contains("aws.guardduty"));
  for (const NativeDetector& detector : detectors) {
    EXPECT_NE(test_references().providers.find(detector.provider), nullptr) << detector.id;
    EXPECT_NE(detector.title, detector.id);
    EXPECT_FALSE(detector.claims.empty()) << detector.id;
  }
}

TEST(NativeDetectors, AFaultyLineHasItsPlaceAndCostsOnlyItself) {
  const auto folder = std::filesystem::temp_directory_path() / "native_detectors_test";
  std::filesystem::create_directories(folder / "native");
  std::ofstream(folder / "native" / "aws.mine.tsv")
      << "# a head\ntitle\tMine\nT1098\tperhaps\nT1098.001\tpartial\tA:B/C; D\nT9999\tpartial\n";
  Knowledge knowledge;
  ASSERT_TRUE(knowledge.lay_over(folder));
  std::filesystem::remove_all(folder);
  LoadReport report;
  const auto detectors = load_native_detectors(knowledge, test_references().catalogue, report);
  const auto mine = std::ranges::find(detectors, "aws.mine", &NativeDetector::id);
  ASSERT_NE(mine, detectors.end());
  EXPECT_EQ(mine->title, "Mine");
  ASSERT_EQ(mine->claims.size(), 1U);
  EXPECT_EQ(mine->claims[0].technique, "T1098.001");
  EXPECT_THAT(mine->claims[0].alerts, ElementsAre("A:B/C", "D"));
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].error.place.line, 3U);
}

}  // namespace
}  // namespace nepho::inventory
