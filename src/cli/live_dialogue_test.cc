#include "cli/live_dialogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::cli {
namespace {

using exercise::LivePlan;
using exercise::Word;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Dialogue : public testing::Test {
 protected:
  Dialogue() : clock_(Instant(std::chrono::hours(10))) {
    for (const char* id : {"aws.a", "aws.b", "aws.c"}) {
      plan_.plays.push_back({.procedure = id,
                             .name = "n",
                             .technique = "T1098",
                             .provider = "aws",
                             .commands = {"aws iam list-users"}});
    }
  }
  // Each question takes a minute.
  std::vector<exercise::StatedPlay> answer(std::vector<std::string> answers) {
    std::size_t next = 0;
    return ask_outcomes(plan_, clock_, [&](std::string_view text) -> std::optional<std::string> {
      shown_ += text;
      clock_.advance(std::chrono::minutes(1));
      if (next >= answers.size()) return std::nullopt;
      return answers[next++];
    });
  }

  FakeClock clock_;
  LivePlan plan_;
  std::string shown_;
};

TEST_F(Dialogue, NotesWhenEachWasCarriedOutAndWhatCameOfIt) {
  const auto stated = answer({"", "", "alerted", "User made", "s", "", "", "perhaps", "logged"});
  ASSERT_THAT(stated, SizeIs(3));
  EXPECT_EQ(stated[0].statement.word, Word::kAlerted);
  EXPECT_EQ(stated[0].statement.rule, "User made");
  EXPECT_EQ(*stated[0].ended - *stated[0].started, std::chrono::minutes(1));
  EXPECT_EQ(stated[1].statement.word, Word::kNotPlayed);
  EXPECT_FALSE(stated[1].started);
  EXPECT_EQ(stated[2].statement.word, Word::kLogged);
  EXPECT_THAT(shown_, HasSubstr("# 3 of 3: aws.c (T1098): n\naws iam list-users\n"));
}

TEST_F(Dialogue, WithoutAnOutcomeItWasPlayed) {
  EXPECT_EQ(answer({"", "", "", "q"})[0].statement.word, Word::kPlayed);
}

TEST_F(Dialogue, TheEndOfTheInputLeavesTheRestUnplayed) {
  const auto stated = answer({"", ""});
  EXPECT_EQ(stated[0].statement.word, Word::kPlayed);
  EXPECT_EQ(stated[1].statement.word, Word::kNotPlayed);
  EXPECT_EQ(answer({})[0].statement.word, Word::kNotPlayed);
  EXPECT_EQ(answer({"q"})[2].statement.word, Word::kNotPlayed);
}

}  // namespace
}  // namespace nepho::cli
