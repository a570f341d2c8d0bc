#include "plan/distance.h"

#include <gtest/gtest.h>

#include <numbers>

namespace nepho::plan {
namespace {

Coordinates at(double latitude, double longitude) {
  return {amount_of(latitude), amount_of(longitude)};
}

TEST(Distance, OfADegreeOfAGreatCircleIsThatOfTheRadius) {
  const double degree = 6371.0088 * std::numbers::pi / 180;
  EXPECT_NEAR(distance_km(at(0, 0), at(0, 1)), degree, 1e-6);
  EXPECT_NEAR(distance_km(at(10, 50), at(11, 50)), degree, 1e-6);
  EXPECT_NEAR(distance_km(at(0, 0), at(0, 180)), 180 * degree, 1e-6);
  EXPECT_NEAR(distance_km(at(90, 0), at(-90, 77)), 180 * degree, 1e-6);
}

TEST(Distance, GoesTheShortWayAcrossTheDateLine) {
  EXPECT_NEAR(distance_km(at(0, 179.5), at(0, -179.5)), distance_km(at(0, 0), at(0, 1)), 1e-6);
}

TEST(Distance, FromBerlinToNewYorkIsSome6385Kilometres) {
  EXPECT_NEAR(distance_km(at(52.52, 13.405), at(40.7128, -74.006)), 6385, 5);
}

TEST(Distance, OfAPlaceToItselfIsNone) {
  EXPECT_EQ(distance_km(at(48.1, 11.6), at(48.1, 11.6)), 0);
}

TEST(Speed, IsInKilometresAnHour) {
  EXPECT_DOUBLE_EQ(speed_kmh(900, 3'600'000'000'000), 900);
  EXPECT_DOUBLE_EQ(speed_kmh(10, 60'000'000'000), 600);
  EXPECT_GT(speed_kmh(0.1, 0), 1e300);
}

TEST(Coordinates, AreWithinTheGlobeOrNone) {
  EXPECT_EQ(coordinates_of(90 * kOne, -180 * kOne), (Coordinates{90 * kOne, -180 * kOne}));
  EXPECT_EQ(coordinates_of(90 * kOne + 1, 0), std::nullopt);
  EXPECT_EQ(coordinates_of(0, 181 * kOne), std::nullopt);
  EXPECT_EQ(coordinates_of(std::nullopt, 0), std::nullopt);
  EXPECT_EQ(coordinates_of(0, std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace nepho::plan
