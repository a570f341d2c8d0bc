// The incomplete beta function by its continued fraction (NIST Digital Library of Mathematical
// Functions, 8.17.22), evaluated by Lentz's method; the quantile by halving, which cannot fail
// where Newton's steps leave 0..1, and these shapes (a and b below 1, or far apart) are where it
// does.
//
// Ours rather than Boost.Math's: it is the one function of it that we would use, for 170 MB of
// headers in every build. Tests hold it against sums that are exact for whole a and b.
#include "coverage/beta.h"

#include <cmath>

namespace nepho::coverage {
namespace {

// The fraction converges in O(sqrt(max(a, b))) steps; weights of evidence stay far below 1e6.
constexpr int kMaxSteps = 10'000;
constexpr double kPrecision = 1e-15;
// Stands for 0 in a denominator, as Lentz has it.
constexpr double kTiny = 1e-300;

// lgamma_r, since std::lgamma writes a global.
double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double away_from_zero(double x) { return std::abs(x) < kTiny ? kTiny : x; }

// DLMF 8.17.22; good for x < (a + 1) / (a + b + 2).
double continued_fraction(double a, double b, double x) {
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double value = d;
  for (int m = 1; m <= kMaxSteps; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    value *= d * c;
    if (std::abs(d * c - 1) < kPrecision) break;
  }
  return value;
}

}  // namespace

double Beta::distribution(double x) const {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) +
                                b * std::log1p(-x));
  // Each half of the interval by the fraction that converges there.
  if (x < (a + 1) / (a + b + 2)) return front * continued_fraction(a, b, x) / a;
  return 1 - front * continued_fraction(b, a, 1 - x) / b;
}

// Halves the interval by its geometric mean where it spans orders of magnitude: with a far below 1
// the answer may be 1e-40.
double Beta::quantile(double p) const {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  double low = kTiny;
  double high = 1;
  if (distribution(low) >= p) return 0;
  while (high - low > 1e-11 * high) {
    const double middle = low < 0.01 * high ? std::sqrt(low * high) : (low + high) / 2;
    (distribution(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace nepho::coverage
