#include "base/place.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(Place, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(to_string(Place{}), "");
  EXPECT_EQ(to_string(Place{.file = "a.yml"}), "a.yml");
  EXPECT_EQ(to_string(Place{.file = "a.yml", .line = 3}), "a.yml:3");
  EXPECT_EQ(to_string(Place{.file = "a.yml", .line = 3, .column = 7}), "a.yml:3:7");
  EXPECT_EQ(to_string(Place{.line = 3, .column = 7}), "line 3:7");
}

TEST(Place, GivesTheOffsetOnlyWhereThereIsNoLine) {
  EXPECT_EQ(to_string(Place{.file = "a.gz", .offset = 12}), "a.gz (byte 12)");
  EXPECT_EQ(to_string(Place{.file = "a.json", .line = 2, .offset = 12}), "a.json:2");
}

TEST(Place, ShowsControlBytesOfAFileNameAsHex) {
  EXPECT_EQ(to_string(Place{.file = "a\x1b[31m\n.yml", .line = 1}), "a\\x1b[31m\\x0a.yml:1");
}

TEST(Place, ShowsALongPathWhole) {
  const std::string path(1000, 'p');
  EXPECT_EQ(to_string(Place{.file = path}), path);
}

}  // namespace
}  // namespace nepho
