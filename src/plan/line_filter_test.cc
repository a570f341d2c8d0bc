#include "plan/line_filter.h"

#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "plan/plan.h"
#include "tests/support/cloudtrail.h"
#include "text/json_index.h"
#include "text/line_needles.h"

namespace nepho::plan {
namespace {

class LineFilterForOneRule : public testing::Test {
 protected:
  LineFilterForOneRule() : sources_(event::LogSources::load(knowledge_, report_)) {
    if (!text::LineNeedles::is_quick()) return;
    rules_.push_back(tests::cloudtrail_rule("CreateUser"));
    plan_ = std::make_unique<Plan>(rules_, sources_, PlanOptions{});
  }
  void SetUp() override {
    if (!plan_) GTEST_SKIP() << "this processor has no quick way to look for names";
    ASSERT_TRUE(plan_->line_filter());
  }

  // Which lines are to be parsed: "2-5" for the bytes of each run, "+3" for needless ones.
  std::string sorted_out(const std::string& text) {
    std::string padded = text + std::string(text::kJsonPadding, 'x');
    plan_->line_filter()->sort_out(std::string_view(padded).substr(0, text.size()), memory_);
    std::string told;
    const auto add_needless = [&](std::uint32_t count) {
      if (count != 0) told += (told.empty() ? "+" : " +") + std::to_string(count);
    };
    for (const auto& run : memory_.runs) {
      add_needless(run.num_needless_before);
      told += (told.empty() ? "" : " ") + std::to_string(run.begin) + "-" + std::to_string(run.end);
    }
    add_needless(memory_.num_needless_behind);
    return told;
  }
  bool is_needless(const std::string& line) { return sorted_out(line) == "+1"; }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
  std::vector<sigma::Rule> rules_;
  std::unique_ptr<Plan> plan_;
  LineFilter::Memory memory_;
};

TEST_F(LineFilterForOneRule, PassesOverLinesThatNameAnotherEvent) {
  EXPECT_EQ(
      sorted_out("{\"eventName\":\"A\"}\n{\"eventName\":\"CreateUser\"}\n"
                 "{\"eventName\":\"CreateUser\"}\n{\"eventName\":\"B\"}\n{\"eventName\":\"C\"}"),
      "+1 18-72 +2");
}

TEST_F(LineFilterForOneRule, KnowsAWantedEventInAnyCase) {
  EXPECT_FALSE(is_needless(R"({"eventName":"createuser"})"));
  EXPECT_FALSE(is_needless(R"({"eventName" : "CREATEUSER"})"));
  EXPECT_TRUE(is_needless(R"({"eventName" :	"CreateUsers"})"));
}

TEST_F(LineFilterForOneRule, ParsesWhateverIsNotClear) {
  for (const char* line : {
           R"({"a":"b"})",                                        // no name at all
           R"({"eventName":null})",                               // no string
           R"({"eventName":"A","eventName":"B"})",                // two of them
           R"({"eventName":"A","\u0065ventName":"CreateUser"})",  // a hidden one
           R"({"eventName":"Create\u0055ser"})",                  // a hidden value
           R"({"eventName":"A\"B"})",                             // an escape in the value
           R"({"Records":[{"eventName":"A"}]})",                  // one of perhaps many
           R"({"EventName":"A","CloudTrailEvent":"{\"eventName\":\"CreateUser\"}"})",
           R"({"CloudTrailEvent":"{\"eventName\":\"A\"}"})",  // in a text
           R"({"myeventName":"A"})",                          // part of another key
           R"({"x":"eventName"})",                            // no key
           R"({"eventName":"A)",                              // cut short
           R"({"event":{"action":"A"},"eventName":"B"})",     // another name for it
           "",
       }) {
    EXPECT_FALSE(is_needless(line)) << line;
  }
}

TEST_F(LineFilterForOneRule, CountsNoBlankLines) {
  EXPECT_EQ(sorted_out("\n{\"eventName\":\"A\"}\n\n"), "0-1 +1 19-20");
}

TEST_F(LineFilterForOneRule, RemembersUnwantedTextsWithoutTakingOthersForThem) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(is_needless(R"({"eventName":"AreateUser"})"));
    EXPECT_FALSE(is_needless(R"({"eventName":"CreateUser"})"));
  }
}

TEST_F(LineFilterForOneRule, IsThereOnlyWhenEveryRuleNamesItsEvent) {
  EXPECT_FALSE(Plan(rules_, sources_, {.strict = true}).line_filter());
  auto rules = rules_;
  rules.push_back(tests::cloudtrail_rule("x"));
  rules.back().items[0].field = "userAgent";
  EXPECT_FALSE(Plan(rules, sources_, {}).line_filter());
  rules.back().items[0].field = "eventName";
  EXPECT_TRUE(Plan(rules, sources_, {}).line_filter());
  rules.back().condition = {sigma::Expression::Kind::kNot, 0, {sigma::Expression::of_item(0)}};
  EXPECT_FALSE(Plan(rules, sources_, {}).line_filter());
}

}  // namespace
}  // namespace nepho::plan
