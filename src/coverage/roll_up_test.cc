#include "coverage/roll_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using attack::TechniqueId;
using evidence::Kind;

// Rules and plays on T1078 and its two sub-techniques, on aws.
class RollUp : public testing::Test {
 protected:
  RollUp() : inputs_(sample_.inputs()) {
    for (const char* id : {"T1078", "T1078.001", "T1078.004"}) {
      inputs_.detections.push_back(sample_rule("rule-" + std::string(id), {id}));
    }
  }
  void play(const std::string& technique, bool alerted, Kind kind = Kind::kLive) {
    const std::string procedure = "p-" + technique + "-" + std::to_string(inputs_.evidence.size());
    inputs_.procedures.push_back(sample_procedure(procedure, technique));
    auto play = sample_play(procedure, {{"rule-" + technique, "", alerted}}, 5, kind);
    play.technique = technique;
    inputs_.evidence.push_back(std::move(play));
  }
  const Cell& cell(const std::string& technique) {
    coverage_ = assess(inputs_);
    return *coverage_.find(TechniqueId{technique}, "aws");
  }

  SampleMatrix sample_;
  Inputs inputs_;
  Coverage coverage_;
};

TEST_F(RollUp, AParentIsTheMeanOfItsParts) {
  play("T1078.001", true);
  const Cell& parent = cell("T1078");
  EXPECT_EQ(parent.proof.parts.size(), 2U);
  EXPECT_FALSE(parent.proof.has_own_part);
  const double other = coverage_.find(TechniqueId{"T1078.004"}, "aws")->proof.mean;
  EXPECT_DOUBLE_EQ(parent.proof.mean, (1 + other) / 2);
  EXPECT_EQ(parent.proof.num_procedures, 1U);
  EXPECT_EQ(parent.state, State::kPartial);
}

TEST_F(RollUp, ItsOwnProceduresAreAPart) {
  play("T1078", true);
  const Cell& parent = cell("T1078");
  EXPECT_TRUE(parent.proof.has_own_part);
  EXPECT_EQ(parent.proof.own_mean, 1);
  const double subs = coverage_.find(TechniqueId{"T1078.001"}, "aws")->proof.mean +
                      coverage_.find(TechniqueId{"T1078.004"}, "aws")->proof.mean;
  EXPECT_DOUBLE_EQ(parent.proof.mean, (1 + subs) / 3);
}

TEST_F(RollUp, WhenEveryPartIsProvenSoIsTheParent) {
  play("T1078.001", true);
  play("T1078.004", true, Kind::kSynthetic);
  EXPECT_EQ(cell("T1078").state, State::kExercised);
  EXPECT_EQ(cell("T1078").proof.mean, 1) << "to the last bit";
  play("T1078.004", true, Kind::kReplay);
  EXPECT_EQ(cell("T1078").state, State::kValidated);
}

TEST_F(RollUp, APartThatFailsAlone) {
  play("T1078.001", false);
  EXPECT_EQ(cell("T1078.001").state, State::kFailing);
  EXPECT_EQ(cell("T1078").state, State::kFailing);
  play("T1078.004", true);
  EXPECT_EQ(cell("T1078").state, State::kPartial);
}

// T1136 on azure: its only sub-technique cannot be carried out there.
TEST_F(RollUp, WhatDoesNotApplyIsNoPart) {
  coverage_ = assess(inputs_);
  EXPECT_TRUE(coverage_.find(TechniqueId{"T1136"}, "azure")->proof.parts.empty());
  EXPECT_EQ(coverage_.find(TechniqueId{"T1136"}, "aws")->proof.parts.size(), 1U);
}

TEST_F(RollUp, EvidenceStaysOnItsProvider) {
  const Coverage before = assess(inputs_);
  play("T1078", true);
  coverage_ = assess(inputs_);
  for (const Cell& cell : coverage_.cells) {
    if (cell.provider == "aws") continue;
    const Cell* old = before.find(cell.technique, cell.provider);
    EXPECT_EQ(cell.state, old->state);
    EXPECT_EQ(cell.proof.mean, old->proof.mean);
  }
}

// Half of the public rules for T1078 carry the parent's tag alone.
TEST_F(RollUp, AParentsRuleThatAlertedOnASubCountsForTheSub) {
  inputs_.detections = {sample_rule("parent", {"T1078"})};
  EXPECT_EQ(cell("T1078.004").state, State::kMapped);
  inputs_.procedures.push_back(sample_procedure("p", "T1078.004"));
  auto play = sample_play("p", {{"parent", "", true}}, 5, Kind::kReplay);
  play.technique = "T1078.004";
  inputs_.evidence = {play};
  EXPECT_EQ(cell("T1078.004").state, State::kValidated);
}

}  // namespace
}  // namespace nepho::coverage
