#include "coverage/beta.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace nepho::coverage {
namespace {

// P(X <= x) for whole a and b: the chance of a or more successes among a + b - 1 (DLMF 8.17.5).
double by_sum(int a, int b, double x) {
  double sum = 0;
  double choose = 1;
  const int n = a + b - 1;
  for (int k = 0; k <= n; ++k) {
    if (k >= a) sum += choose * std::pow(x, k) * std::pow(1 - x, n - k);
    choose *= static_cast<double>(n - k) / (k + 1);
  }
  return sum;
}

TEST(Beta, AgreesWithTheBinomialSumForWholeNumbers) {
  for (int a = 1; a <= 12; ++a) {
    for (int b = 1; b <= 12; ++b) {
      for (double x = 0.01; x < 1; x += 0.07) {
        const Beta beta{static_cast<double>(a), static_cast<double>(b)};
        ASSERT_NEAR(beta.distribution(x), by_sum(a, b, x), 1e-12) << a << " " << b << " " << x;
      }
    }
  }
}

// I_x(1/2, 1/2) = 2/pi asin(sqrt(x)), the arcsine law.
TEST(Beta, AgreesWithTheArcsineLaw) {
  for (double x = 0.001; x < 1; x += 0.013) {
    ASSERT_NEAR((Beta{0.5, 0.5}.distribution(x)), 2 / M_PI * std::asin(std::sqrt(x)), 1e-12) << x;
  }
}

// I_x(a, 1) = x^a and I_x(1, b) = 1 - (1 - x)^b, whatever a and b.
TEST(Beta, AgreesWithPowers) {
  for (const double a : {0.02, 0.3, 0.9, 4.7, 60.0}) {
    for (const double p : {0.001, 0.1, 0.5, 0.9, 0.999}) {
      ASSERT_NEAR((Beta{a, 1}.quantile(p)), std::pow(p, 1 / a), 1e-9) << a << " " << p;
      ASSERT_NEAR((Beta{1, a}.quantile(p)), 1 - std::pow(1 - p, 1 / a), 1e-9) << a << " " << p;
    }
  }
}

TEST(Beta, AQuantileIsWhereTheDistributionReachesIt) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> shape(0.05, 40);
  std::uniform_real_distribution<double> chance(0.01, 0.99);
  for (int i = 0; i < 2'000; ++i) {
    const Beta beta{shape(random), shape(random)};
    const double p = chance(random);
    // Where the density is without bound, p itself is not reached to any digit; x is.
    const double x = beta.quantile(p);
    ASSERT_LE(beta.distribution(x * (1 - 1e-10)), p) << beta.a << " " << beta.b;
    ASSERT_GE(beta.distribution(x * (1 + 1e-10)), p) << beta.a << " " << beta.b;
  }
}

TEST(Beta, TheEndsAreTheEnds) {
  const Beta beta{0.9, 1.1};
  EXPECT_EQ(beta.quantile(0), 0);
  EXPECT_EQ(beta.quantile(1), 1);
  EXPECT_EQ(beta.distribution(-1), 0);
  EXPECT_EQ(beta.distribution(2), 1);
}

// The lower bounds of coverage-model's table that need no evidence.
TEST(Beta, TheTenthPercentileOfAnUntestedRuleIsLow) {
  EXPECT_NEAR((Beta{0.9, 1.1}.quantile(0.1)), 0.07, 0.005);
  EXPECT_NEAR((Beta{0.6, 1.4}.quantile(0.1)), 0.015, 0.0005);
}

}  // namespace
}  // namespace nepho::coverage
