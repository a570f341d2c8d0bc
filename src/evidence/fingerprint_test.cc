#include "evidence/fingerprint.h"

#include <gtest/gtest.h>

#include <vector>

namespace nepho::evidence {
namespace {

using Parts = std::vector<std::string>;

TEST(Fingerprint, OrderAndRepetitionDoNotMatter) {
  EXPECT_EQ(fingerprint(Parts{"a", "b"}), fingerprint(Parts{"b", "a", "b"}));
}

TEST(Fingerprint, PartsAreNotRunTogether) {
  EXPECT_NE(fingerprint(Parts{"a", "bc"}), fingerprint(Parts{"ab", "c"}));
  EXPECT_NE(fingerprint(Parts{"a"}), fingerprint(Parts{"a", ""}));
}

TEST(Fingerprint, NoPartsAreNotKnown) { EXPECT_EQ(fingerprint(Parts{}), ""); }

// Written into databases: the same set must have the same name in the next release.
TEST(Fingerprint, StaysTheSameAcrossReleases) {
  EXPECT_EQ(fingerprint(Parts{"x"}), "39c1a8c7b8ebe7bed40b2a2459d48e5e");
  EXPECT_EQ(fingerprint(Parts{"a", "bc"}), "a53e1eaf0f0ad33aebb4c8a56e875744");
}

TEST(SchemaHash, OfAPartIsThatOfItsSource) {
  const SchemaDigests digests{{"aws.cloudtrail", "d1"}, {"aws.s3", "d2"}};
  const auto of = [&](Parts sources) { return schema_hash(digests, sources); };
  EXPECT_EQ(of({"aws.cloudtrail"}), fingerprint(Parts{"d1"}));
  EXPECT_EQ(of({"aws.cloudtrail.s3_data", "aws.s3"}), fingerprint(Parts{"d1", "d2"}));
  EXPECT_EQ(of({"aws.cloudtrailing", "aws", "x"}), "");  // no part of it, a whole of it, none
  EXPECT_EQ(of({}), "");
}

}  // namespace
}  // namespace nepho::evidence
