#include "coverage/evidence_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"
#include "evidence/fingerprint.h"

namespace nepho::coverage {
namespace {

using testing::SizeIs;

const attack::TechniqueId kHere{"T1136.003"};

class EvidenceIndexTest : public testing::Test {
 protected:
  EvidenceIndexTest() : inputs_(sample_.inputs()) {}
  std::vector<Play> plays(const attack::TechniqueId& technique = kHere) const {
    return EvidenceIndex(inputs_).plays_of(technique, "aws");
  }

  SampleMatrix sample_;
  Inputs inputs_;
};

TEST_F(EvidenceIndexTest, AProcedureIsFoundInItsCellAlone) {
  inputs_.procedures = {sample_procedure("b"), sample_procedure("a"), sample_procedure("a"),
                        sample_procedure("c", "T1078")};
  const EvidenceIndex index(inputs_);
  const auto found = index.procedures_of(kHere, "aws");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0]->id, "a");
  EXPECT_EQ(found[1]->id, "b");
  EXPECT_THAT(index.procedures_of(kHere, "gcp"), SizeIs(0));
}

TEST_F(EvidenceIndexTest, APlayOfAnUnknownProcedureBelongsWhereItWasPlayed) {
  inputs_.evidence = {sample_play("case-1", {})};
  ASSERT_THAT(plays(), SizeIs(1));
  EXPECT_TRUE(plays()[0].is_mapped);
  EXPECT_EQ(plays()[0].schema_hash, "");
}

TEST_F(EvidenceIndexTest, APlayForAnotherTechniqueIsNoLongerMapped) {
  inputs_.procedures = {sample_procedure("p")};
  inputs_.evidence = {sample_play("p", {})};
  inputs_.evidence[0].technique = "T1078";
  ASSERT_THAT(plays(), SizeIs(1));
  EXPECT_FALSE(plays()[0].is_mapped);
  EXPECT_THAT(plays({"T1078"}), SizeIs(0));
}

TEST_F(EvidenceIndexTest, APlayOnAnotherProviderProvesNothingHere) {
  inputs_.procedures = {sample_procedure("p")};
  inputs_.evidence = {sample_play("p", {})};
  inputs_.evidence[0].provider = "gcp";
  EXPECT_FALSE(plays()[0].is_mapped);
}

TEST_F(EvidenceIndexTest, APartOfALogSourceHasItsSchema) {
  inputs_.procedures = {
      sample_procedure("p", "T1136.003", "aws", {"aws.cloudtrail", "aws.cloudtrail.s3_data"})};
  inputs_.evidence = {sample_play("p", {})};
  inputs_.schema_digests = {{"aws.cloudtrail", "d1"}, {"aws.s3", "d2"}};
  const std::string expected[] = {"d1"};
  EXPECT_EQ(plays()[0].schema_hash, evidence::fingerprint(expected));
}

TEST_F(EvidenceIndexTest, AnUnreadableTimeLetsEverythingExpire) {
  inputs_.as_of = "soon";
  EXPECT_GT(EvidenceIndex(inputs_).as_of(), sample_play("p", {}, 0).time + std::chrono::years(100));
}

}  // namespace
}  // namespace nepho::coverage
