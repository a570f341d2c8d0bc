// How far two places on Earth are apart.
#pragma once

#include <cstdint>
#include <optional>

#include "plan/amount.h"

namespace nepho::plan {

// In degrees, north and east positive.
struct Coordinates {
  Amount latitude = 0;   // -90..90
  Amount longitude = 0;  // -180..180
  bool operator==(const Coordinates&) const = default;
};

// Nothing where one is missing or no such number.
std::optional<Coordinates> coordinates_of(std::optional<Amount> latitude,
                                          std::optional<Amount> longitude);

// Along the great circle, in kilometres, by the haversine formula:
//
//   a = sin^2(dlat / 2) + cos(lat1) cos(lat2) sin^2(dlon / 2),  d = 2 R asin(sqrt(a)),
//
// R = 6371.0088 km, the Earth's mean radius R1 (IUGG; Moritz, "Geodetic Reference System 1980").
// Within 0.6 % of the distance on the ellipsoid, which is far less than addresses can be placed.
double distance_km(const Coordinates& from, const Coordinates& to);

// Of a distance in so many nanoseconds, 0 or more; without bound in none.
double speed_kmh(double distance_km, std::int64_t nanoseconds);

}  // namespace nepho::plan
