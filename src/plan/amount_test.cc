#include "plan/amount.h"

#include <gtest/gtest.h>

#include <vector>

namespace nepho::plan {
namespace {

using Relation = sigma::Threshold::Relation;

bool meets_one(Relation relation, double limit, Amount total, std::int64_t count = 1) {
  const std::vector<sigma::Threshold> thresholds{{relation, limit}};
  return meets(thresholds, total, count);
}

TEST(Amount, ReadsNumbersAndNumericTexts) {
  EXPECT_TRUE(amount_of("600") == Amount{600'000'000});
  EXPECT_TRUE(amount_of("-1.5") == Amount{-1'500'000});
  EXPECT_TRUE(amount_of("+2") == Amount{2'000'000});
  EXPECT_TRUE(amount_of("1e3") == Amount{1'000'000'000});
  EXPECT_TRUE(amount_of("0.1") == Amount{100'000});
  EXPECT_FALSE(amount_of("true"));
  EXPECT_FALSE(amount_of(""));
  EXPECT_FALSE(amount_of("12 GB"));
}

TEST(Amount, IsWrittenAsADecimalWithoutTrailingZeros) {
  for (const char* text : {"0", "600", "-1.5", "0.000001", "-0.1", "9007199254740993", "10"})
    EXPECT_EQ(to_decimal(*amount_of(text)), text);
  EXPECT_EQ(to_decimal(ratio_of(2 * kOne, 3)), "0.666666");
}

TEST(Amount, IntegersBeyondADoubleAreExact) {
  EXPECT_TRUE(*amount_of("9007199254740993") - *amount_of("9007199254740992") == kOne);
}

TEST(Amount, HugeNumbersAreBounded) {
  EXPECT_TRUE(amount_of("1e300") == amount_of("1e24"));
  EXPECT_TRUE(amount_of("-1e999") == amount_of("-1e24"));
  EXPECT_TRUE(amount_of("1e-999") == Amount{0});
}

TEST(Amount, SumsDoNotDependOnTheOrder) {
  const Amount parts = *amount_of("0.1") + *amount_of("0.2") + *amount_of("1e20");
  EXPECT_TRUE(parts - *amount_of("1e20") - *amount_of("0.2") == *amount_of("0.1"));
}

TEST(Amount, EveryRelationIsAskedWithoutDividing) {
  EXPECT_TRUE(meets_one(Relation::kGt, 1, kOne + 1));
  EXPECT_FALSE(meets_one(Relation::kGt, 1, kOne));
  EXPECT_TRUE(meets_one(Relation::kGte, 1, kOne));
  EXPECT_TRUE(meets_one(Relation::kLt, 1, kOne - 1));
  EXPECT_TRUE(meets_one(Relation::kLte, 1, kOne));
  EXPECT_TRUE(meets_one(Relation::kEq, 2, 6 * kOne, 3));
  EXPECT_TRUE(meets_one(Relation::kNeq, 2, 6 * kOne + 1, 3));
}

TEST(Amount, AllThresholdsMustHold) {
  const std::vector<sigma::Threshold> range{{Relation::kGt, 1}, {Relation::kLte, 3}};
  EXPECT_FALSE(meets(range, 1 * kOne));
  EXPECT_TRUE(meets(range, 3 * kOne));
  EXPECT_FALSE(meets(range, 4 * kOne));
}

TEST(Amount, PercentilesAreLinearBetweenRanks) {
  const std::vector<Amount> values{1 * kOne, 50 * kOne, 99 * kOne};
  EXPECT_TRUE(percentile_of(values, 0) == 1 * kOne);
  EXPECT_TRUE(percentile_of(values, 50) == 50 * kOne);
  EXPECT_TRUE(percentile_of(values, 100) == 99 * kOne);
  EXPECT_TRUE(percentile_of(values, 25) == Amount{25'500'000});
  EXPECT_TRUE(percentile_of(std::span(values).first(1), 95) == 1 * kOne);
}

}  // namespace
}  // namespace nepho::plan
