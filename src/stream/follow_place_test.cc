#include "stream/follow_place.h"

#include <gtest/gtest.h>

namespace nepho::stream {
namespace {

FollowPlace sample() {
  return {.path = "logs/a \"quoted\".json",
          .device = 0xFFFF'FFFF'FFFF'FFFFU,
          .inode = 7,
          .is_whole = true,
          .offset = 5'000'000'000,
          .line = 12,
          .num_events = 11,
          .head_bytes = 1024,
          .head_hash = std::string(32, 'a')};
}

TEST(FollowPlace, IsReadBackAsItWas) {
  FollowPlace other;
  other.path = "b";
  other.offset = other.head_bytes = 3;
  other.head_hash = std::string(32, '0');
  const std::string text = write_places({sample(), other});
  const auto read = read_places(text, "places");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(write_places(*read), text);
  EXPECT_EQ(read->at(0).path, sample().path);
  EXPECT_EQ(read->at(0).device, sample().device);
  EXPECT_TRUE(read->at(0).is_whole);
  EXPECT_FALSE(read->at(1).is_whole);
}

TEST(FollowPlace, RefusesWhatItDidNotWrite) {
  const std::string good = write_places({sample()});
  const auto with = [&](std::string_view what, std::string_view by) {
    std::string text = good;
    text.replace(text.find(what), what.size(), by);
    return text;
  };
  for (const std::string& bad :
       {std::string(), std::string("[]"), std::string("{\"schema\":\"nephometer/follow/1\"}"),
        good.substr(0, good.size() / 2), with("follow/1", "follow/2"), with("\"line\"", "\"lime\""),
        with("5000000000", "-5"), with("5000000000", "5.5"), with("5000000000", "1023"),
        with("5000000000", "99999999999999999999"), with("1024", "1025"), with("aaaa", "aaa")}) {
    const auto read = read_places(bad, "places");
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, kNotPlaces);
    EXPECT_EQ(read.error().place.file, "places");
  }
}

}  // namespace
}  // namespace nepho::stream
