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
  EXPECT_EQ(fingerprint(Parts{"x"}).size(), 32U);
  EXPECT_EQ(fingerprint(Parts{"x"}), fingerprint(Parts{"x"}));
}

}  // namespace
}  // namespace nepho::evidence
