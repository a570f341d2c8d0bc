#include "plan/distance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace nepho::plan {
namespace {

constexpr double kEarthRadiusKm = 6371.0088;

double radians(Amount degrees) {
  return static_cast<double>(degrees) / static_cast<double>(kOne) * std::numbers::pi / 180;
}

bool is_within(Amount degrees, int most) {
  return degrees >= -most * kOne && degrees <= most * kOne;
}

}  // namespace

std::optional<Coordinates> coordinates_of(std::optional<Amount> latitude,
                                          std::optional<Amount> longitude) {
  if (!latitude || !longitude || !is_within(*latitude, 90) || !is_within(*longitude, 180))
    return std::nullopt;
  return Coordinates{*latitude, *longitude};
}

double distance_km(const Coordinates& from, const Coordinates& to) {
  const double north = std::sin(radians(to.latitude - from.latitude) / 2);
  const double east = std::sin(radians(to.longitude - from.longitude) / 2);
  const double a = north * north +
                   std::cos(radians(from.latitude)) * std::cos(radians(to.latitude)) * east * east;
  return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::clamp(a, 0.0, 1.0)));
}

double speed_kmh(double distance_km, std::int64_t nanoseconds) {
  constexpr double kHour = 3600e9;
  if (nanoseconds <= 0) return std::numeric_limits<double>::infinity();
  return distance_km / (static_cast<double>(nanoseconds) / kHour);
}

}  // namespace nepho::plan
