// The Beta distribution: what is known of a chance after some trials.
#pragma once

namespace nepho::coverage {

// `a` and `b` are > 0: what spoke for and against, in trials, the prior's included. A value.
struct Beta {
  double a = 1;
  double b = 1;

  double mean() const { return a / (a + b); }
  // P(X <= x), the regularised incomplete beta function; x in 0..1. Its error is below 1e-12.
  double distribution(double x) const;
  // The x with P(X <= x) = p, p in 0..1. Its error is below 1e-10 of x, and 0 below 1e-300. About
  // 10 us.
  double quantile(double p) const;
};

}  // namespace nepho::coverage
