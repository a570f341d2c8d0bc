#include "text/short_text.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <type_traits>

namespace nepho::text {
namespace {

template <typename Text>
class KeptTexts : public testing::Test {
 protected:
  static bool equals(const Text& text, const std::string& other) {
    // What lies behind must not matter.
    const std::string padded = other + std::string(kShortTextBytes, 'x');
    return text.equals_padded(std::string_view(padded).substr(0, other.size()));
  }
  static constexpr std::size_t kMost =
      std::is_same_v<Text, ShortText> ? kShortTextBytes : kNameTextBytes;
};
using Kinds = testing::Types<ShortText, NameText>;
TYPED_TEST_SUITE(KeptTexts, Kinds);

TYPED_TEST(KeptTexts, EqualNothingBeforeTheyAreAssigned) {
  const TypeParam text;
  EXPECT_FALSE(this->equals(text, ""));
  EXPECT_FALSE(this->equals(text, "a"));
}

TYPED_TEST(KeptTexts, EqualTheSameTextOfEveryLength) {
  for (std::size_t size = 0; size <= this->kMost; ++size) {
    std::string original(size, 'a');
    TypeParam text;
    text.assign(original);
    EXPECT_TRUE(this->equals(text, original)) << size;
    EXPECT_FALSE(this->equals(text, original + "a")) << size;
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = original;
      other[at] = 'b';
      EXPECT_FALSE(this->equals(text, other)) << size << " at " << at;
    }
  }
}

TYPED_TEST(KeptTexts, KeepNoLongText) {
  TypeParam text;
  text.assign("before");
  text.assign(std::string(this->kMost + 1, 'a'));
  EXPECT_FALSE(this->equals(text, std::string(this->kMost + 1, 'a')));
  EXPECT_FALSE(this->equals(text, "before"));
}

// Tables are as large as their upper bits go: names that differ only at one end must spread.
TEST(HashOfPadded, UpperBitsTellTextsApartThatDifferAtEitherEnd) {
  for (const char* form : {"aaaaaaa%", "%aaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaa%", "%"}) {
    std::set<std::uint64_t> places;
    for (int c = 1; c < 256; ++c) {
      std::string text = form;
      text[text.find('%')] = static_cast<char>(c);
      const std::size_t size = text.size();
      text.append(kShortTextBytes, '\0');
      places.insert(hash_of_padded(std::string_view(text).substr(0, size)) >> 54U);
    }
    EXPECT_GT(places.size(), 150U) << form;  // of 255 in 1,024 places: 226 by chance
  }
}

}  // namespace
}  // namespace nepho::text
