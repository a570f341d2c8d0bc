#include "exercise/record_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

event::LogSource log_source() {
  event::LogSource source;
  source.id = "x.log";
  source.event_name = {"name", "eventName"};
  source.actor = {"who.arn", "who.name"};
  source.aliases = {{.name = "user", .paths = {"who.name"}, .origin = "sigma"}};
  return source;
}

class RecordFacts : public testing::Test {
 protected:
  RecordFacts() : sources_({log_source()}) {}

  std::vector<Fact> facts(std::string_view record, std::string_view yaml = "",
                          const std::vector<std::string>& more = {}) {
    book_ = std::make_unique<tests::BookOf>(sources_, std::string(yaml),
                                            std::vector<RuleClaim>{{.id = "r"}, {.id = "s"}});
    std::vector<std::uint32_t> fired;
    if (!yaml.empty()) fired.push_back(0);
    return facts_of(record, sources_.all()[0], book_->book().plan, fired, more);
  }

  event::LogSources sources_;
  std::unique_ptr<tests::BookOf> book_;
};

TEST_F(RecordFacts, OfSeveralPathsTheFirstThatIsThereCounts) {
  EXPECT_THAT(facts(R"({"eventName":"Get","who":{"name":"ann"}})"),
              ElementsAre(Fact{"eventName", "Get"}, Fact{"who.name", "ann"}));
}

TEST_F(RecordFacts, WhatRulesLookAtIsShownUnderTheRecordsOwnName) {
  constexpr std::string_view kRule =
      "title: r\nid: r\nlogsource: {product: x}\n"
      "detection: {s: {user: ann, size: 3}, f: {gone: 1}, condition: s and not f}\n";
  EXPECT_THAT(facts(R"({"name":"Get","who":{"arn":"arn:x","name":"ann"},"size":3})", kRule),
              ElementsAre(Fact{"name", "Get"}, Fact{"who.arn", "arn:x"},
                          Fact{"who.name", "ann", true}, Fact{"size", "3", true}));
}

TEST_F(RecordFacts, ACorrelationShowsWhatItsRulesLookAt) {
  constexpr std::string_view kRules =
      "title: c\nid: r\ncorrelation: {type: event_count, rules: [base], group-by: [size],"
      " timespan: 5m, condition: {gte: 2}}\n"
      "---\ntitle: b\nid: s\nname: base\nlogsource: {product: x}\n"
      "detection: {s: {size: 3}, condition: s}\n";
  EXPECT_THAT(facts(R"({"name":"Get","size":3})", kRules),
              ElementsAre(Fact{"name", "Get"}, Fact{"size", "3", true}));
}

TEST_F(RecordFacts, BelowAPathEveryScalarIsShownInOrder) {
  EXPECT_THAT(facts(R"({"asked":{"b":[1,{"c":true}],"a":"","z":null,"d":"e"}})", "", {"asked"}),
              ElementsAre(Fact{"asked.b", "1"}, Fact{"asked.b.c", "true"}, Fact{"asked.d", "e"}));
}

TEST_F(RecordFacts, TheyAreBounded) {
  std::string record = R"({"asked":[0)";
  for (int i = 1; i < 1000; ++i) record += "," + std::to_string(i);
  EXPECT_THAT(facts(record + "]}", "", {"asked"}), SizeIs(kMostFacts));
}

TEST_F(RecordFacts, ALineOfTextHasNone) {
  EXPECT_THAT(facts("2 111122223333 eni-1 10.0.0.1", "", {"asked"}), IsEmpty());
  EXPECT_EQ(first_scalar("2 111122223333", {"a"}), "");
  EXPECT_EQ(first_scalar(R"({"b":"x"})", {"a", "b"}), "x");
}

}  // namespace
}  // namespace nepho::exercise
