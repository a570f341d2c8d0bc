#include "attack/release.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace nepho::attack {
namespace {

// The months, from attack.mitre.org/resources/versions: version 1 first. A month is exact enough to
// count versions by.
constexpr auto kReleased =
    std::to_array<std::chrono::year_month>({{std::chrono::year(2018), std::chrono::month(1)},
                                            {std::chrono::year(2018), std::chrono::month(4)},
                                            {std::chrono::year(2018), std::chrono::month(10)},
                                            {std::chrono::year(2019), std::chrono::month(4)},
                                            {std::chrono::year(2019), std::chrono::month(7)},
                                            {std::chrono::year(2019), std::chrono::month(10)},
                                            {std::chrono::year(2020), std::chrono::month(7)},
                                            {std::chrono::year(2020), std::chrono::month(10)},
                                            {std::chrono::year(2021), std::chrono::month(4)},
                                            {std::chrono::year(2021), std::chrono::month(10)},
                                            {std::chrono::year(2022), std::chrono::month(4)},
                                            {std::chrono::year(2022), std::chrono::month(10)},
                                            {std::chrono::year(2023), std::chrono::month(4)},
                                            {std::chrono::year(2023), std::chrono::month(10)},
                                            {std::chrono::year(2024), std::chrono::month(4)},
                                            {std::chrono::year(2024), std::chrono::month(10)},
                                            {std::chrono::year(2025), std::chrono::month(4)},
                                            {std::chrono::year(2025), std::chrono::month(10)},
                                            {std::chrono::year(2026), std::chrono::month(4)}});

}  // namespace

int num_releases_between(const Date& date, std::string_view version) {
  std::size_t major = kReleased.size();
  std::from_chars(version.data(), version.data() + version.size(), major);
  const std::chrono::year_month month(date.year(), date.month());
  const auto end =
      kReleased.begin() + static_cast<std::ptrdiff_t>(std::min(major, kReleased.size()));
  return static_cast<int>(std::count_if(kReleased.begin(), end,
                                        [&](const auto& released) { return released > month; }));
}

}  // namespace nepho::attack
