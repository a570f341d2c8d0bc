#include "plan/baseline.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nepho::plan {
namespace {

constexpr double kMadOfNormal = 1.4826;
constexpr double kLeastCount = 1;
constexpr double kLeastOfSum = 0.1;
constexpr double kLeastSum = 1e-6;  // what an Amount can tell apart

double in_units(Amount amount) { return static_cast<double>(amount) / static_cast<double>(kOne); }

Amount median_of(std::vector<Amount>& values) {
  std::ranges::sort(values);
  return percentile_of(values, 50);
}

double least_spread(double median, bool is_sum) {
  if (is_sum) return std::max(kLeastOfSum * std::abs(median), kLeastSum);
  return std::max(std::sqrt(std::max(median, 0.0)), kLeastCount);
}

}  // namespace

double Baseline::score(Amount total) const { return (in_units(total) - median) / spread; }

Baseline baseline_of(std::span<const Amount> totals, std::size_t windows_a_week, bool is_sum) {
  std::vector<Amount> values;
  if (windows_a_week != 0) {
    for (std::size_t back = windows_a_week; back <= totals.size(); back += windows_a_week)
      values.push_back(totals[totals.size() - back]);
  }
  const bool is_weekly = values.size() >= kFewestWeeks;
  if (!is_weekly) values.assign(totals.begin(), totals.end());
  const std::size_t num_windows = values.size();
  const Amount median = median_of(values);
  for (Amount& value : values) value = value < median ? median - value : value - median;
  const double mad = in_units(median_of(values));
  const double spread = std::max(kMadOfNormal * mad, least_spread(in_units(median), is_sum));
  return {in_units(median), spread, num_windows, is_weekly};
}

}  // namespace nepho::plan
