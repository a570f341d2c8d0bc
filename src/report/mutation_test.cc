#include "report/mutation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/rules_on_trial.h"
#include "text/json.h"

namespace nepho::report {
namespace {

using exercise::By;
using exercise::Death;
using exercise::RuleTrial;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class MutationReport : public testing::Test {
 protected:
  MutationReport()
      : book_(sources_, {{"good", "T1136.003", "{eventName: A}"},
                         {"poor", "T1136.003", "{eventName: A}"},
                         {"unplayed", "T1136.003", "{eventName: A}"}}) {}

  MutationResults results() const { return {book_.book(), {4, 1, 5}, rules_, changes_, 7, 99, 3}; }

  static Death death(std::string what, std::set<std::string> fields, By by = By::kAttacker) {
    return {.change = "change",
            .by = by,
            .what = std::move(what),
            .fields = std::move(fields),
            .procedures = {"aws.x"}};
  }

  event::LogSources sources_;
  mutable tests::BookOf book_;
  std::vector<RuleTrial> rules_{
      {.rule = 0,
       .procedures = {"aws.x"},
       .attacker = {4, 4},
       .touching = {1, 1},
       .provider = {4, 1}},
      {.rule = 1,
       .procedures = {"aws.x"},
       .attacker = {4, 2},
       .touching = {2, 0},
       .provider = {4, 2},
       .deaths = {death("it has another name", {"userAgent"}),
                  death("a field is gone", {"eventName"}, By::kProvider)}},
      {.rule = 2, .procedures = {}}};
  std::vector<exercise::ChangeTrial> changes_{{"change", By::kAttacker, {8, 6}}};
};

TEST_F(MutationReport, ADeathNamesItsFields) {
  EXPECT_EQ(sentence(death("it has another name", {})), "it has another name");
  EXPECT_EQ(sentence(death("it has another name", {"a", "b"})), "it has another name (a, b)");
  EXPECT_EQ(sentence(death("it is another", {"a", "b", "c", "d", "e"})),
            "it is another (a, b, c and 2 more)");
}

TEST_F(MutationReport, TheLowestScoreComesFirstAndWhatHasNoneLast) {
  const std::string csv = to_csv(mutation_table(results()));
  const auto poor = csv.find("poor");
  EXPECT_LT(poor, csv.find("good"));
  EXPECT_LT(csv.find("good"), csv.find("unplayed"));
  EXPECT_THAT(csv, HasSubstr("0.50,2/4,0/2,1,0.50,poor,it has another name (userAgent)"));
  EXPECT_THAT(csv, HasSubstr("it fires on none of the attacks played"));
}

TEST_F(MutationReport, TheTableTellsOnlyWhatAnAttackerDoes) {
  EXPECT_THAT(to_csv(mutation_table(results())), Not(HasSubstr("a field is gone")));
}

TEST_F(MutationReport, ARuleThatDiesOfMuchIsCutShort) {
  for (const char* what : {"b", "c", "d", "e"}) rules_[1].deaths.push_back(death(what, {}));
  EXPECT_THAT(to_csv(mutation_table(results())),
              HasSubstr("it has another name (userAgent); or b; or c; or 2 more"));
}

TEST_F(MutationReport, RowsHaveEachDeathAndEachRule) {
  const std::string csv = to_csv(mutation_rows(results()));
  EXPECT_THAT(csv, AllOf(HasSubstr("poor,poor,1,0.50,2,4,0,2,0.50,change,attacker"),
                         HasSubstr("change,provider,a field is gone,eventName,aws.x"),
                         HasSubstr("good,good,4,1.00,4,4,1,1,0.25"),
                         HasSubstr("unplayed,unplayed,5,,0,0,0,0,,")));
}

TEST_F(MutationReport, TheHeadlineIsTheMedian) {
  EXPECT_THAT(mutation_headline(results()),
              AllOf(HasSubstr("survives 0.75 of what an attacker can change, 0.50 of that"),
                    HasSubstr("0.38 of what the provider"),
                    HasSubstr("2 of 3 rules have a score, and 1 survives all"),
                    HasSubstr("7 procedures, 99 mutants")));
  rules_.clear();
  EXPECT_THAT(mutation_headline(results()), HasSubstr("no rule fires"));
}

TEST_F(MutationReport, JsonHasNullForAScoreThatIsNot) {
  const auto json = text::JsonDocument::parse(mutation_json(results()));
  ASSERT_TRUE(json);
  const auto rules = *json->root().find("rules");
  ASSERT_EQ(rules.num_children(), 3U);
  std::vector<text::JsonType> scores;
  for (const auto& rule : rules.children())
    scores.push_back(rule.find("attacker")->find("score")->type());
  EXPECT_THAT(scores,
              ElementsAre(text::JsonType::kNumber, text::JsonType::kNumber, text::JsonType::kNull));
  EXPECT_EQ(json->root().find("median")->find("attacker")->text(), "0.75");
}

TEST_F(MutationReport, LinesHaveARuleEach) {
  const std::string lines = mutation_lines(results());
  EXPECT_EQ(std::ranges::count(lines, '\n'), 3);
  EXPECT_TRUE(text::JsonDocument::parse(lines.substr(0, lines.find('\n'))));
}

}  // namespace
}  // namespace nepho::report
