// What is usual for a number that is measured once a window: a robust middle and spread.
#pragma once

#include <cstddef>
#include <span>

#include "plan/amount.h"

namespace nepho::plan {

// The median and the spread of the earlier windows X_i that a window is held against (x_volume):
//
//   median = median(X_i),  MAD = median(|X_i - median|),
//   spread = max(1.4826 MAD, least),  z = (X - median) / spread.
//
// 1.4826 makes MAD the standard deviation of a normal distribution (Rousseeuw and Croux,
// "Alternatives to the Median Absolute Deviation", 1993; z is the "modified z-score" of Iglewicz
// and Hoaglin, "How to Detect and Handle Outliers", 1993). `least` keeps a series that hardly moves
// from making every change an outlier: for counts max(sqrt(median), 1), which is how much a count
// moves by chance (Poisson); for sums a tenth of |median|, a guess.
struct Baseline {
  double median = 0;
  double spread = 1;
  std::size_t num_windows = 0;  // that it is of
  bool is_weekly = false;       // of the windows at the same time of the week only

  double score(Amount total) const;
};

// Windows at the same time of the week that are needed to go by them alone: a median of fewer is
// moved by two odd ones. A guess.
inline constexpr std::size_t kFewestWeeks = 4;

// Of the windows before one, the latest last; not empty. `windows_a_week` is 0 where a week is no
// whole number of windows; then, or where there are fewer than kFewestWeeks weeks, all windows
// count alike.
Baseline baseline_of(std::span<const Amount> totals, std::size_t windows_a_week, bool is_sum);

}  // namespace nepho::plan
