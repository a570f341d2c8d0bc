#include "plan/text_set.h"

#include <gtest/gtest.h>

#include <random>

#include "text/fold.h"

namespace nepho::plan {
namespace {

// A value that holds for the whole text `literal`, or with a '*' put in place of its stars.
sigma::TextValue value(std::string_view literal, bool cased = false) {
  sigma::TextValue value;
  value.cased = cased;
  const std::string folded = cased ? std::string(literal) : text::fold_case(literal);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t star = std::min(folded.find('*', at), folded.size());
    value.pattern.append_literal(std::string_view(folded).substr(at, star - at));
    if (star < folded.size()) value.pattern.append_any_run();
    at = star + 1;
  }
  return value;
}

TextSet set_of(std::initializer_list<sigma::TextValue> values) {
  TextSet set;
  for (const auto& each : values) set.add(each);
  return set;
}

bool matches(const TextSet& set, std::string_view text) {
  std::string scratch;
  return set.matches(text, scratch);
}

TEST(TextSet, FindsAnExactTextWithoutRegardToCase) {
  const TextSet set = set_of({value("CreateUser"), value("DeleteUser")});
  EXPECT_TRUE(matches(set, "createUSER"));
  EXPECT_FALSE(matches(set, "createUSERs"));
  EXPECT_FALSE(matches(set, ""));
}

TEST(TextSet, KeepsCaseWhereTheValueDoes) {
  const TextSet set = set_of({value("Root", true), value("Admin*", true)});
  EXPECT_TRUE(matches(set, "Root"));
  EXPECT_FALSE(matches(set, "root"));
  EXPECT_TRUE(matches(set, "AdminRole"));
  EXPECT_FALSE(matches(set, "adminRole"));
}

// The Kelvin sign has three bytes and folds to "k", which has one.
TEST(TextSet, FoldsTextsOfAnotherLength) {
  EXPECT_TRUE(matches(set_of({value("kms")}), "\u212Ams"));
  EXPECT_TRUE(matches(set_of({value("\u212Ams")}), "KMS"));
}

TEST(TextSet, HoldsForTheEmptyTextOnlyWhenAsked) {
  EXPECT_TRUE(matches(set_of({value("")}), ""));
  EXPECT_FALSE(matches(set_of({value("a")}), ""));
}

TEST(TextSet, AnswersAsItsValuesDoOneByOne) {
  std::mt19937 random(5);
  const auto text = [&] {
    static constexpr std::string_view kLetters[] = {"a", "A",    "b",      "*",     "\u212A",
                                                    "k", "\xFF", "\u00E9", "\u00C9"};
    std::string out;
    for (unsigned i = 0; i < random() % 5; ++i) out += kLetters[random() % std::size(kLetters)];
    return out;
  };
  for (int round = 0; round < 50'000; ++round) {
    TextSet set;
    std::vector<sigma::TextValue> values;
    for (unsigned i = 0; i < 1 + random() % 4; ++i) {
      values.push_back(value(text(), random() % 3 == 0));
      set.add(values.back());
    }
    const std::string subject = text();
    const bool expected = std::any_of(values.begin(), values.end(), [&](const auto& each) {
      return each.cased ? each.pattern.matches(subject)
                        : each.pattern.matches_ignoring_case(subject);
    });
    ASSERT_EQ(matches(set, subject), expected) << subject;
  }
}

}  // namespace
}  // namespace nepho::plan
