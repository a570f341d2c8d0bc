#include "exercise/record_values.h"

#include <gtest/gtest.h>

#include "event/log_source.h"
#include "exercise/play.h"
#include "exercise/procedure.h"

namespace nepho::exercise {
namespace {

class Values : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    LoadReport report;
    const Knowledge knowledge;
    sources = event::LogSources::load(knowledge, report);
    forms = std::make_unique<event::LineForms>(sources.all());
  }
  static RecordValues values_of(std::string_view text) {
    auto values = RecordValues::read(text, *forms);
    EXPECT_TRUE(values) << text;
    return *values;
  }

  static inline event::LogSources sources;
  static inline std::unique_ptr<event::LineForms> forms;
};

constexpr std::string_view kFlow =
    "2 111122223333 eni-01 10.0.0.7 203.0.113.9 40000 443 6 10 840 1767225600 1767225658 ACCEPT OK";

TEST_F(Values, OfJsonAreFoundByTheirPath) {
  const auto values = values_of(R"({"a":{"b":["x","y"]},"n":7})");
  EXPECT_EQ(*values.text_at("a.b"), "x");
  EXPECT_EQ(*values.text_at("n"), "7");
  EXPECT_EQ(values.text_at("a"), nullptr);
}

TEST_F(Values, OfALineAreItsCells) {
  const auto values = values_of(kFlow);
  EXPECT_TRUE(values.is_line());
  EXPECT_EQ(*values.text_at("dstaddr"), "203.0.113.9");
}

TEST_F(Values, WhatIsNoRecordHasNone) {
  EXPECT_FALSE(RecordValues::read("no form that is known", *forms));
  EXPECT_FALSE(RecordValues::read("{\"broken\":", *forms));
}

TEST_F(Values, ASetValueKeepsItsKindAndTheRestItsBytes) {
  auto values = values_of(R"({"n":7,"s":"7","l":["a","b"],"u":"ä\n"})");
  values.set("n", "8");
  values.set("l", "c");
  EXPECT_EQ(values.text(), R"({"n":8,"s":"7","l":["c","c"],"u":"ä\n"})");
}

TEST_F(Values, ASetCellIsSetInTheLine) {
  auto values = values_of(kFlow);
  values.set("dstaddr", "198.51.100.1");
  std::string expected(kFlow);
  expected.replace(expected.find("203.0.113.9"), 11, "198.51.100.1");
  EXPECT_EQ(values.text(), expected);
  EXPECT_EQ(*values.text_at("dstaddr"), "198.51.100.1");
}

TEST_F(Values, ReplacingATextChangesWholeWordsAndNoKeys) {
  auto values = values_of(R"({"bob":"bob","a":["arn:x:user/bob","bobby","{\"n\":\"bob\"}"]})");
  values.replace("bob", "eve");
  EXPECT_EQ(values.text(), R"({"bob":"eve","a":["arn:x:user/eve","bobby","{\"n\":\"eve\"}"]})");
}

TEST(ReplacedWords, BeginAndEndWhereNoLetterDigitOrDashIs) {
  EXPECT_EQ(with_word_replaced("a a-a a_a /a/ aa", "a", "b"), "b a-a a_a /b/ aa");
  EXPECT_EQ(with_word_replaced("abab", "ab", "c"), "abab");
  EXPECT_EQ(with_word_replaced("x", "", "y"), "x");
}

// What is played is written in one way: what nobody changed comes back byte for byte.
TEST_F(Values, ThatNobodyChangedAreTheRecordAsItWasPlayed) {
  LoadReport report;
  const Knowledge knowledge;
  const Operations operations = Operations::load(knowledge, report);
  const Context context;
  std::size_t num_records = 0;
  for (const Procedure& procedure : load_procedures(knowledge, operations, report)) {
    const Stage stage{*operations.find(procedure.facts.provider), context, 1, Instant{}};
    const auto records = play(procedure.attack, stage, procedure.facts.id);
    ASSERT_TRUE(records) << procedure.facts.id;
    for (const Record& record : *records) {
      ASSERT_EQ(values_of(record.text).text(), record.text) << procedure.facts.id;
      ++num_records;
    }
  }
  EXPECT_GT(num_records, 1'000U);
}

}  // namespace
}  // namespace nepho::exercise
