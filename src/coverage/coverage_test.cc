#include "coverage/coverage.h"

#include <gtest/gtest.h>

#include <random>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using attack::TechniqueId;

// Cells of one technique, by provider and state; all of them apply unless said otherwise.
Coverage made(std::initializer_list<std::pair<const char*, State>> cells,
              attack::Applies applies = attack::Applies::kYes) {
  Coverage coverage;
  coverage.techniques = {{.id = {"T1530"}}};
  for (const auto& [provider, state] : cells) {
    coverage.providers.push_back({.id = provider});
    coverage.cells.push_back({.technique = {"T1530"},
                              .provider = provider,
                              .applicability = {.applies = applies},
                              .state = state});
  }
  return coverage;
}

TEST(Share, OfNothingIsZeroAndNotANumber) {
  EXPECT_EQ((Share{0, 0}).ratio(), 0);
  EXPECT_EQ((Share{1, 3}).ratio(), 1.0 / 3);
  EXPECT_EQ((Share{3, 3}).ratio(), 1);
}

TEST(Cell, CountsOnlyWhereItIsKnownToApply) {
  Cell cell;
  cell.applicability.applies = attack::Applies::kYes;
  EXPECT_TRUE(cell.counts());
  cell.applicability.applies = attack::Applies::kUnknown;
  EXPECT_FALSE(cell.counts());
  cell.applicability.applies = attack::Applies::kNo;
  EXPECT_FALSE(cell.counts());
}

// Tests may have failed; a rule that names the cell is on paper all the same.
TEST(Cell, IsMappedByItsWorkingRulesAndNotByItsState) {
  Cell cell{.state = State::kFailing, .rules = {{.rule = 0}}};
  EXPECT_TRUE(cell.is_mapped());
  cell.rules.clear();
  cell.broken_rules = {{.rule = 0, .faults = {}}};
  EXPECT_FALSE(cell.is_mapped());
}

TEST(Coverage, FindsEveryCellOfTheSampleAndNoOther) {
  const SampleMatrix sample;
  const Coverage coverage = assess(sample.inputs());
  ASSERT_FALSE(coverage.cells.empty());
  for (const Cell& cell : coverage.cells) {
    EXPECT_EQ(coverage.find(cell.technique, cell.provider), &cell);
  }
  for (const TechniqueRow& row : coverage.techniques) EXPECT_EQ(coverage.find(row.id), &row);
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}, "okta"), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{"T0000"}, "aws"), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{"T9999"}), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{""}), nullptr);
  EXPECT_EQ(coverage.find_provider("aws")->name, "AWS");
  EXPECT_EQ(coverage.find_provider("AWS"), nullptr);
}

TEST(Coverage, GivesTheCellsOfATechniqueInTheProvidersOrder) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  std::ranges::reverse(inputs.providers);
  const Coverage coverage = assess(inputs);
  const auto cells = coverage.cells_of(TechniqueId{"T1078"});
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0]->provider, "gcp");
  EXPECT_EQ(cells[2]->provider, "aws");
  EXPECT_TRUE(coverage.cells_of(TechniqueId{"T1686"}).empty());
}

TEST(Coverage, AnEmptyOneFindsNothing) {
  const Coverage coverage;
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}, "aws"), nullptr);
  EXPECT_EQ(coverage.find_provider("aws"), nullptr);
  EXPECT_TRUE(coverage.cells_of(TechniqueId{"T1078"}).empty());
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1078"}), nullptr);
}

TEST(Weakest, IsTheCellOfTheLowestScore) {
  const TechniqueId id{"T1530"};
  EXPECT_EQ(made({{"a", State::kMapped}, {"b", State::kBlind}}).weakest(id)->provider, "b");
  EXPECT_EQ(made({{"a", State::kFailing}, {"b", State::kTelemetry}}).weakest(id)->provider, "a");
  EXPECT_EQ(made({{"a", State::kValidated}, {"b", State::kExercised}}).weakest(id)->provider, "b");
}

// So that a page does not change with the order of equals.
TEST(Weakest, OfEqualOnesIsTheFirst) {
  const Coverage coverage = made({{"a", State::kMapped}, {"b", State::kMapped}});
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1530"})->provider, "a");
}

TEST(Weakest, LooksAtUnknownCellsOnlyWhereNoOtherIs) {
  const TechniqueId id{"T1530"};
  Coverage coverage = made({{"a", State::kBlind}, {"b", State::kMapped}});
  coverage.cells[0].applicability.applies = attack::Applies::kUnknown;
  EXPECT_EQ(coverage.weakest(id)->provider, "b");
  coverage.cells[1].applicability.applies = attack::Applies::kUnknown;
  EXPECT_EQ(coverage.weakest(id)->provider, "a");
}

TEST(Weakest, IsNoCellWhereTheTechniqueAppliesNowhere) {
  const Coverage coverage = made({{"a", State::kNotApplicable}}, attack::Applies::kNo);
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1530"}), nullptr);
}

// Halving against a plain walk, over matrices of every size.
TEST(Coverage, FindsWhatAWalkFinds) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    Coverage coverage;
    const std::size_t size = random() % 40;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string id = fmt::format("T{:04}", random() % 30);
      for (const char* provider : {"aws", "gcp"}) {
        if (random() % 3 != 0) coverage.cells.push_back({.technique = {id}, .provider = provider});
      }
    }
    std::ranges::stable_sort(coverage.cells, {}, &Cell::technique);
    for (int number = 0; number < 30; ++number) {
      const TechniqueId id{fmt::format("T{:04}", number)};
      const auto walked = std::ranges::find_if(coverage.cells, [&](const Cell& cell) {
        return cell.technique == id && cell.provider == "gcp";
      });
      const Cell* expected = walked == coverage.cells.end() ? nullptr : &*walked;
      ASSERT_EQ(coverage.find(id, "gcp"), expected);
      ASSERT_EQ(coverage.cells_of(id).size(),
                static_cast<std::size_t>(std::ranges::count(coverage.cells, id, &Cell::technique)));
    }
  }
}

}  // namespace
}  // namespace nepho::coverage
