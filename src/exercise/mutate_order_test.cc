#include "exercise/mutate_order.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;

class Order : public testing::Test {
 protected:
  // A step at a minute, with what it asks and answers.
  void step(int minute, const std::string& name, const std::string& ask,
            const std::string& answer = "", bool reads = true) {
    records_.push_back({.text = fmt::format(
                            R"({{"time":"{:02}","name":"{}","ask":"{}","answer":"{}","reads":{}}})",
                            minute, name, ask, answer, reads),
                        .time = Instant(std::chrono::minutes(minute)),
                        .log_source = "x"});
  }
  std::vector<std::string> reordered() {
    const Edit edit{.kind = Edit::Kind::kOrder,
                    .log_source = "x",
                    .asks = {"ask"},
                    .who = {"who"},
                    .answers = {"answer"},
                    .reads = {{"reads", {"true"}}}};
    event::LogSource source;
    source.time = {"time"};
    const event::LineForms forms({});
    Played played = read_play(records_, forms);
    reorder_steps(edit, source, played);
    std::vector<std::string> steps;
    for (const PlayedRecord& one : played)
      steps.push_back(*one.values->text_at("time") + " " + *one.values->text_at("name"));
    return steps;
  }

  std::vector<Record> records_;
};

TEST_F(Order, StepsThatNeedNothingAreTurnedRoundAndTimesStay) {
  step(1, "a", "buckets");
  step(2, "b", "machines");
  step(3, "c", "keys-of-all");
  EXPECT_THAT(reordered(), ElementsAre("01 c", "02 b", "03 a"));
}

TEST_F(Order, AStepWaitsForTheAnswerThatItUses) {
  step(1, "list", "all-users");
  step(2, "make", "new-user", "key-of-new-user", false);
  step(3, "use", "key-of-new-user");
  EXPECT_THAT(reordered(), ElementsAre("01 make", "02 use", "03 list"));
}

TEST_F(Order, AStepWaitsForAChangeOfWhatItNames) {
  step(1, "open", "some-bucket", "", false);
  step(2, "read", "some-bucket");
  EXPECT_THAT(reordered(), ElementsAre("01 open", "02 read"));
}

TEST_F(Order, TwoThatOnlyReadCanChange) {
  step(1, "a", "some-bucket");
  step(2, "b", "some-bucket");
  EXPECT_THAT(reordered(), ElementsAre("01 b", "02 a"));
}

TEST_F(Order, WhatWasLongBeforeStaysBefore) {
  step(1, "usual", "buckets");
  step(2, "usual too", "machines");
  step(62, "attack", "keys-of-all");
  EXPECT_THAT(reordered(), ElementsAre("01 usual too", "02 usual", "62 attack"));
}

TEST_F(Order, ASharedShortTextSaysNothing) {
  step(1, "a", "gp3", "", false);
  step(2, "b", "gp3");
  EXPECT_THAT(reordered(), ElementsAre("01 b", "02 a"));
}

TEST_F(Order, TheOpeningOfASessionStaysInFront) {
  step(1, "open", "some-role");
  records_[0].is_setup = true;
  step(2, "a", "buckets");
  step(3, "b", "machines");
  EXPECT_THAT(reordered(), ElementsAre("01 open", "02 b", "03 a"));
}

TEST(Lists, AreTurnedRoundBelowTheField) {
  const event::LineForms forms({});
  Played played =
      read_play({{.text = R"({"a":[1,2],"b":{"c":[{"d":[1,2]},3]}})", .log_source = "x"}}, forms);
  Edit edit{.kind = Edit::Kind::kReverse, .log_source = "x"};
  edit.fields = {{"b", {}}};
  reverse_lists(edit, played);
  EXPECT_EQ(written(played)[0].text, R"({"a":[1,2],"b":{"c":[3,{"d":[2,1]}]}})");
}

}  // namespace
}  // namespace nepho::exercise
