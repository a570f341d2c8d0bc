#include "event/skip_reason.h"

#include <gtest/gtest.h>

#include <set>

namespace nepho::event {
namespace {

// The names are keys of the summary, which other programs read.
TEST(SkipReason, KeepsItsPublicNames) {
  EXPECT_EQ(to_string(SkipReason::kMalformedJson), "malformed-json");
  EXPECT_EQ(to_string(SkipReason::kBadUtf8), "bad-utf8");
  EXPECT_EQ(to_string(SkipReason::kTruncated), "truncated");
  EXPECT_EQ(to_string(SkipReason::kTooLarge), "too-large");
  EXPECT_EQ(to_string(SkipReason::kTooDeep), "too-deep");
  EXPECT_EQ(to_string(SkipReason::kNotAnObject), "not-an-object");
}

TEST(SkipReason, EachIsExplainedInWordsOfItsOwn) {
  std::set<std::string> words;
  for (std::size_t i = 0; i < kNumSkipReasons; ++i) {
    words.insert(explain(static_cast<SkipReason>(i)));
  }
  EXPECT_EQ(words.size(), kNumSkipReasons);
  EXPECT_FALSE(words.contains(""));
}

TEST(SkipReason, ALimitThatWasMetIsNamed) {
  Limits limits;
  limits.max_record_bytes = std::size_t{7} << 20U;
  limits.max_json_depth = 9;
  EXPECT_EQ(explain(SkipReason::kTooLarge, limits), "longer than 7 MiB");
  EXPECT_EQ(explain(SkipReason::kTooDeep, limits), "nested deeper than 9 levels");
}

}  // namespace
}  // namespace nepho::event
