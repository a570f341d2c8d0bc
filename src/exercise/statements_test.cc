#include "exercise/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"

namespace nepho::exercise {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Statements, EveryWordReadsBack) {
  for (std::size_t i = 0; i < kNumWords; ++i) {
    const auto word = static_cast<Word>(i);
    EXPECT_EQ(parse_word(to_string(word)), word);
  }
  EXPECT_EQ(parse_word("No Alert"), Word::kNoAlert);
  EXPECT_EQ(parse_word("not-played"), Word::kNotPlayed);
  EXPECT_FALSE(parse_word("perhaps"));
}

TEST(Statements, ARowSaysWhatCameOfAProcedure) {
  LoadReport report;
  const auto plays = parse_statements(
      "procedure,outcome,started,time,rule,actor\n"
      "aws.a,alerted,2026-03-01T10:00:00Z,2026-03-01T10:05:00Z,\"User, made\",eve\n\n"
      "aws.b,no alert\n",
      "o.csv", report);
  ASSERT_THAT(plays, SizeIs(2));
  EXPECT_FALSE(report.has_errors());
  EXPECT_EQ(plays[0].statement.word, Word::kAlerted);
  EXPECT_EQ(plays[0].statement.rule, "User, made");
  EXPECT_EQ(*plays[0].statement.time - *plays[0].started, std::chrono::minutes(5));
  EXPECT_EQ(plays[0].actor, "eve");
  EXPECT_EQ(plays[1].statement.word, Word::kNoAlert);
}

TEST(Statements, ABadRowCostsOnlyItself) {
  LoadReport report;
  const auto plays = parse_statements(
      "procedure\toutcome\tstarted\tended\n"
      "a\tperhaps\n\talerted\nb\tlogged\tyesterday\n"
      "c\tlogged\t2026-03-02\t2026-03-01\nd\tlogged\n",
      "o.tsv", report);
  EXPECT_THAT(plays, SizeIs(1));
  EXPECT_EQ(report.num_errors(), 4U);
  EXPECT_EQ(report.problems()[0].error.place.line, 2U);
  EXPECT_EQ(report.problems()[0].error.code, kBadStatement);
}

TEST(Statements, WithoutItsColumnsItIsNoTable) {
  for (const char* text : {"", "{}", "a,b\n1,2\n", "procedure\naws.a\n"}) {
    LoadReport report;
    EXPECT_THAT(parse_statements(text, "o", report), IsEmpty());
    EXPECT_TRUE(report.has_errors()) << text;
  }
}

TEST(Statements, TheTableReadsBackAsItWasWritten) {
  StatedPlay said{.procedure = "aws.a"};
  said.statement = {.word = Word::kAlerted, .rule = "User made", .note = "a note"};
  said.started = Instant(std::chrono::hours(10));
  const std::vector<StatedPlay> plays{said, {.procedure = "aws.b"}};
  LoadReport report;
  EXPECT_EQ(parse_statements(statements_table(plays), "o.tsv", report), plays);
  EXPECT_FALSE(report.has_errors());
}

}  // namespace
}  // namespace nepho::exercise
