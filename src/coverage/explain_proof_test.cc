#include "coverage/explain_proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using evidence::Kind;
using testing::HasSubstr;

// T1136.003 on aws: one rule, four procedures.
class ExplainProof : public testing::Test {
 protected:
  ExplainProof() : inputs_(sample_.inputs()) {
    inputs_.detections = {sample_rule("r", {"T1136.003"})};
    inputs_.detections[0].hash = "h";
    inputs_.robustness["h"] = 4;
    for (const char* id : {"p1", "p2", "p3", "p4"}) {
      inputs_.procedures.push_back(sample_procedure(id));
    }
  }
  void play(const std::string& id, bool alerted, double age = 0, Kind kind = Kind::kLive) {
    inputs_.evidence.push_back(sample_play(id, {{"r", "h", alerted}}, age, kind));
  }
  std::string story(const char* technique = "T1136.003") {
    coverage_ = assess(inputs_);
    const Cell& cell = *coverage_.find(attack::TechniqueId{technique}, "aws");
    std::string text;
    for (const Step& step : explain_proof(coverage_, cell)) text += step.text + "\n";
    return text + why_state(coverage_, cell);
  }

  SampleMatrix sample_;
  Inputs inputs_;
  Coverage coverage_;
};

// The numbers can be computed by hand from the sentences: .475 = .5 x .95 x 1, and
// q = (.95 + 2) / (2 + 3) = .59.
TEST_F(ExplainProof, TellsEveryFactor) {
  play("p1", true);
  play("p2", true);
  play("p3", false);
  const std::string told = story();
  EXPECT_THAT(told, HasSubstr("0.475 = base 0.50 (test) x robustness 0.95 (level 4: the call that "
                              "carries it out) x specificity 1.00 (it alerted on one of its "
                              "procedures), worth 2 trials"));
  EXPECT_THAT(told, HasSubstr("q = (0.950 + 2.000) / (2 + 3.000) = 0.590; L90(q) = 0.310"));
  EXPECT_THAT(told, HasSubstr("live play of p1 on 2026-11-24 (0.0 days old): rule 'Rule r' alerted "
                              "in time; counts 1.000"));
  EXPECT_THAT(told, HasSubstr("p3: aws.cloudtrail (1.00 of accounts) was silent; d = 0.000"));
  EXPECT_THAT(told, HasSubstr("p4: aws.cloudtrail (1.00 of accounts) is untested, q = 0.590 by "
                              "'Rule r'; d = 0.590"));
  EXPECT_THAT(told, HasSubstr("C = 0.647, the mean of 4 procedures"));
  EXPECT_THAT(told, HasSubstr("5th of 9: 3 of 4 procedures tested, 2 alerted in time, 3 must be "
                              "tested and all alert"));
}

TEST_F(ExplainProof, SaysWhyEvidenceDoesNotCount) {
  play("p1", true, 200);
  play("p2", true, 1, Kind::kTabletop);
  inputs_.evidence.push_back(sample_play("p3", {{"r", "older", true}}, 1));
  const std::string told = story();
  EXPECT_THAT(told, HasSubstr("expired: older than 180 days"));
  EXPECT_THAT(told, HasSubstr("counts nothing: nothing was played"));
  EXPECT_THAT(told, HasSubstr("expired: the rule's tests have changed, or it is gone"));
  EXPECT_THAT(told, HasSubstr("6th of 9: it alerted once, and no test is fresh"));
}

TEST_F(ExplainProof, SaysWhichStateHeldFirst) {
  EXPECT_THAT(story(), HasSubstr("7th of 9"));
  for (const char* id : {"p1", "p2", "p3"}) play(id, true, 1, Kind::kSynthetic);
  EXPECT_THAT(story(), HasSubstr("4th of 9: 3 of 4 procedures tested, 3 alerted in time, at least "
                                 "3 were needed, all on made records"));
  play("p4", true, 1, Kind::kReplay);
  EXPECT_THAT(story(), HasSubstr("3rd of 9"));
  inputs_.evidence.clear();
  play("p1", false);
  EXPECT_THAT(story(), HasSubstr("2nd of 9"));
  inputs_.detections.clear();
  inputs_.evidence.clear();
  EXPECT_THAT(story(), HasSubstr("8th of 9"));
}

TEST_F(ExplainProof, AParentIsToldByItsParts) {
  for (const char* id : {"p1", "p2", "p3"}) play(id, true);
  const std::string told = story("T1136");
  EXPECT_THAT(told, HasSubstr("part T1136.003: validated"));
  EXPECT_THAT(told, HasSubstr("the mean of 1 parts"));
  EXPECT_THAT(told, HasSubstr("3rd of 9: every part is validated"));
}

TEST_F(ExplainProof, OlderResultsAreCounted) {
  play("p1", true, 9);
  play("p1", true, 5);
  play("p1", true, 1);
  EXPECT_THAT(story(), HasSubstr("2 older results were superseded"));
}

TEST_F(ExplainProof, ATabletopTellsWhatWasSaidAndChangesNoState) {
  auto said = sample_play("p1", {}, 1, Kind::kTabletop);
  said.outcome = evidence::Outcome::kNone;
  said.reason = "nobody has the S3 log\x1b[2J";
  inputs_.evidence.push_back(said);
  const std::string told = story();
  EXPECT_THAT(told, HasSubstr("tabletop play of p1 on 2026-11-23 (1.0 days old): talked through, "
                              "none (nobody has the S3 log\\x1b[2J); counts nothing"));
  EXPECT_EQ(coverage_.find(attack::TechniqueId{"T1136.003"}, "aws")->state, State::kMapped);
}

}  // namespace
}  // namespace nepho::coverage
