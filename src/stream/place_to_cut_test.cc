#include "stream/place_to_cut.h"

#include <gtest/gtest.h>

namespace nepho::stream {
namespace {

TEST(PlaceToCut, LiesBehindTheLastLineEndOfTheSecondHalf) {
  EXPECT_EQ(place_to_cut("{1}\n{2}\n{"), 8U);
  EXPECT_EQ(place_to_cut("{\n\"a\":\"a long one"), 17U);  // the line end is in the first half
}

TEST(PlaceToCut, LiesBeforeTheLastObjectThatFollowsOne) {
  EXPECT_EQ(place_to_cut("{1},{2}, {3"), 9U);
  EXPECT_EQ(place_to_cut("{1},{\"a\":{\"b\":\"a text"), 21U);  // that place is in the first half
}

TEST(PlaceToCut, IsTheEndWhereThereIsNone) {
  EXPECT_EQ(place_to_cut("{\"a\":[1,2"), 9U);
  EXPECT_EQ(place_to_cut(""), 0U);
  for (const std::string_view text : {R"({"a":"a text","b":{"c)", R"({"a":"a text, and then {a)"})
    EXPECT_EQ(place_to_cut(text), text.size()) << text;  // opens within an object
}

}  // namespace
}  // namespace nepho::stream
