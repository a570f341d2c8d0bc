#include "coverage/decide.h"

#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using attack::Applies;

// A mapped cell of four procedures, which a test proves as it likes.
class Decide : public testing::Test {
 protected:
  Decide() : model_(SampleMatrix().inputs().model) {
    cell_.applicability.applies = Applies::kYes;
    cell_.rules = {{0, Through::kOwnTag}};
    cell_.log_sources = {"aws.cloudtrail"};
    cell_.proof.num_procedures = 4;
  }
  State with(std::size_t tested, std::size_t alerted, bool is_real = true) {
    cell_.proof.tested = tested;
    cell_.proof.alerted = alerted;
    cell_.proof.is_real = is_real;
    return decide(cell_, model_);
  }

  Model model_;
  Cell cell_;
};

TEST_F(Decide, NotApplicableComesBeforeAll) {
  cell_.applicability.applies = Applies::kNo;
  EXPECT_EQ(with(4, 4), State::kNotApplicable);
}

TEST_F(Decide, TestsOfWhichNoneAlertedAreFailing) {
  EXPECT_EQ(with(1, 0), State::kFailing);
  cell_.rules.clear();
  EXPECT_EQ(with(1, 0), State::kFailing) << "whether or not a rule is there";
}

TEST_F(Decide, ARealAttackThatAlertedValidates) {
  EXPECT_EQ(with(3, 3), State::kValidated);
  EXPECT_EQ(with(4, 4), State::kValidated);
}

TEST_F(Decide, MadeRecordsAloneNeverValidate) {
  for (std::size_t tested = 1; tested <= 4; ++tested) {
    EXPECT_NE(with(tested, tested, false), State::kValidated);
  }
  EXPECT_EQ(with(4, 4, false), State::kExercised);
}

TEST_F(Decide, TooFewTestsAreAPart) { EXPECT_EQ(with(2, 2), State::kPartial); }

TEST_F(Decide, OneThatDidNotAlertMakesItPartial) { EXPECT_EQ(with(4, 3), State::kPartial); }

TEST_F(Decide, ARuleThatAlsoFiresOnTheBenignMakesItPartial) {
  cell_.proof.is_noisy = true;
  EXPECT_EQ(with(4, 4), State::kPartial);
}

TEST_F(Decide, APassThatIsNoLongerFreshIsStale) {
  cell_.proof.was_alerted = true;
  EXPECT_EQ(with(0, 0), State::kStale);
  cell_.rules.clear();
  EXPECT_EQ(with(0, 0), State::kTelemetry) << "nothing is left that could alert";
}

TEST_F(Decide, WithoutTestsItIsMappedTelemetryOrBlind) {
  EXPECT_EQ(with(0, 0), State::kMapped);
  cell_.rules.clear();
  EXPECT_EQ(with(0, 0), State::kTelemetry);
  cell_.log_sources.clear();
  EXPECT_EQ(with(0, 0), State::kBlind);
}

TEST_F(Decide, NeedsThreeTestsOrAllAndHalfOfThem) {
  const std::size_t needed[] = {0, 1, 2, 3, 3, 3, 3, 4, 4, 5, 5};
  for (std::size_t n = 0; n <= 10; ++n) EXPECT_EQ(tests_needed(n, model_), needed[n]) << n;
}

TEST_F(Decide, AParentIsAtMostPartialUntilEveryPartIsProven) {
  cell_.proof.tested = cell_.proof.alerted = 4;
  const auto parent = [&](std::vector<State> parts) { return decide_parent(cell_, parts); };
  EXPECT_EQ(parent({State::kValidated, State::kMapped}), State::kPartial);
  EXPECT_EQ(parent({State::kValidated, State::kExercised}), State::kExercised);
  EXPECT_EQ(parent({State::kValidated, State::kValidated}), State::kValidated);
}

TEST_F(Decide, AParentWithoutAlertsIsAsItsPartsAre) {
  const std::vector<State> parts{State::kFailing, State::kMapped};
  cell_.proof.tested = 1;
  EXPECT_EQ(decide_parent(cell_, parts), State::kFailing);
  cell_.proof.tested = 0;
  EXPECT_EQ(decide_parent(cell_, parts), State::kMapped);
}

}  // namespace
}  // namespace nepho::coverage
