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
  const std::vector<std::uint64_t> latest = {1, 0x8000'0000'0000'0001U, 0x0102'0304'0506'0707U};
  const std::string text = write_places({{sample(), other}, {{7}, latest}});
  const auto read = read_places(text, "places");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(write_places(*read), text);
  EXPECT_EQ(read->files[0].path, sample().path);
  EXPECT_EQ(read->files[0].device, sample().device);
  EXPECT_TRUE(read->files[0].is_whole);
  EXPECT_FALSE(read->files[1].is_whole);
  EXPECT_EQ(read->seen.earlier, (std::vector<std::uint64_t>{7}));
  EXPECT_EQ(read->seen.latest, latest);
}

TEST(FollowPlace, OfABuildThatKeptNoEventsIsRead) {
  std::string text = write_places({{sample()}, {}});
  const std::size_t seen = text.find(",\n  \"seen\"");
  ASSERT_NE(seen, std::string::npos) << text;
  const auto read = read_places(text.substr(0, seen) + "}", "places");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->files.size(), 1U);
  EXPECT_TRUE(read->seen.latest.empty());
}

TEST(FollowPlace, HoldsAMillionEventsAndNoMore) {
  detect::SeenEvents::Kept seen;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) seen.latest.push_back(2 * i + 1);
  const auto read = read_places(write_places({{}, seen}), "places");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seen.latest, seen.latest);
  seen.latest.push_back(3);
  EXPECT_FALSE(read_places(write_places({{}, seen}), "places"));
}

TEST(FollowPlace, RefusesWhatItDidNotWrite) {
  const std::string good = write_places({{sample()}, {{}, {1}}});
  const auto with = [&](std::string_view what, std::string_view by) {
    std::string text = good;
    text.replace(text.find(what), what.size(), by);
    return text;
  };
  for (const std::string& bad :
       {std::string(), std::string("[]"), std::string("{\"schema\":\"nephometer/follow/1\"}"),
        good.substr(0, good.size() / 2), with("follow/1", "follow/2"), with("\"line\"", "\"lime\""),
        with("5000000000", "-5"), with("5000000000", "5.5"), with("5000000000", "1023"),
        with("5000000000", "99999999999999999999"), with("1024", "1025"), with("aaaa", "aaa"),
        with("AQAAAAAAAAA=", "AgAAAAAAAAA="), with("AQAAAAAAAAA=", "AQAAAAAAAA=="),
        with("AQAAAAAAAAA=", "AQAAAAAA!AA="), with("\"seen\": {", "\"seen\": 7, \"x\": {")}) {
    const auto read = read_places(bad, "places");
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, kNotPlaces);
    EXPECT_EQ(read.error().place.file, "places");
  }
}

}  // namespace
}  // namespace nepho::stream
