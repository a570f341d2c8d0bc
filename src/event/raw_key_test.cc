#include "event/raw_key.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace nepho::event {
namespace {

// What remains of `path` behind the key, as it would stand in a record; nothing when it does not
// lead through the key.
std::optional<std::string> rest_behind(std::string_view raw_key, std::string_view path) {
  std::string record(raw_key);
  record += "\": \"\\\\ and more";  // behind the closing quote a backslash means nothing
  std::string_view rest = "untouched";
  if (!key_takes(std::string_view(record).substr(0, raw_key.size()), path, rest)) {
    return std::nullopt;
  }
  return std::string(rest);
}

TEST(RawKey, TakesThePathOrADottedPrefixOfIt) {
  EXPECT_EQ(rest_behind("a", "a"), "");
  EXPECT_EQ(rest_behind("a", "a.b.c"), "b.c");
  EXPECT_EQ(rest_behind("a.b", "a.b.c"), "c");
  EXPECT_EQ(rest_behind("a", "ab"), std::nullopt);
  EXPECT_EQ(rest_behind("ab", "a"), std::nullopt);
  EXPECT_EQ(rest_behind("A", "a"), std::nullopt);
}

TEST(RawKey, IsReadWithItsEscapes) {
  EXPECT_EQ(rest_behind("\\u0061", "a.b"), "b");
  EXPECT_EQ(rest_behind("a\\\\b", "a\\b"), "");
  EXPECT_EQ(rest_behind("\\q", "\\q"), std::nullopt);  // no escape, and so no key
}

// Keys of up to 16 bytes are looked at in one piece, with what stands behind them.
TEST(RawKey, HoldsABackslashOnlyWithinItself) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, 'a');
    text += "\\";
    text.append(32, '\\');
    EXPECT_FALSE(holds_backslash(std::string_view(text).substr(0, size))) << size;
    for (std::size_t at = 0; at < size; ++at) {
      std::string key(size, 'a');
      key[at] = '\\';
      EXPECT_TRUE(holds_backslash(std::string_view(key + std::string(32, 'a')).substr(0, size)))
          << size << ' ' << at;
    }
  }
}

}  // namespace
}  // namespace nepho::event
