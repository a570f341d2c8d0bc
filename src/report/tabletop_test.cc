#include "report/tabletop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/tabletop_json.h"
#include "tests/support/rules_on_trial.h"
#include "text/json.h"

namespace nepho::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::ClaimingRule;

constexpr std::string_view kProcedure = R"yaml(id: aws.persistence.make-user
name: A user | is made
technique: T1136.003
log_sources: [aws.cloudtrail]
as: iam-user
from: {address: foreign, agent: "x`|<img src=http://evil.example>"}
steps:
  - {call: iam:ListUsers, times: 3, every: 2s}
  - call: iam:CreateUser
    request: {userName: "``` </details> [x](http://evil.example)"}
    after: 30s
lookalike:
  - {name: A user for a job, as: provisioning, steps: [{call: iam:CreateUser}]}
)yaml";

const ClaimingRule kMade{"A user was *made*", "T1136.003",
                         "{eventName: CreateUser, userAgent|startswith: x}"};
const ClaimingRule kNoisy{"noisy", "T1136.003", "{eventName: CreateUser}"};

class TabletopPageTest : public testing::Test {
 protected:
  TabletopPageTest()
      : operations_(exercise::Operations::load(knowledge_, report_)),
        sources_(event::LogSources::load(knowledge_, report_)),
        guide_(*exercise::load_tabletop_guide(knowledge_)),
        catalogue_(facts()) {}

  static attack::Facts facts() {
    attack::Facts facts;
    facts.version = "19.1";
    facts.tactics = {{{"TA0003"}, "persistence", "Persistence"}};
    attack::Technique technique;
    technique.id = {"T1136.003"};
    technique.name = "Cloud Account";
    technique.tactics = {{"TA0003"}};
    facts.techniques = {technique};
    return facts;
  }

  std::string page(const std::vector<ClaimingRule>& rules, bool is_received = true,
                   std::string (*write)(const TabletopPage&) = tabletop_markdown) {
    tests::BookOf book(sources_, rules);
    const auto procedure = exercise::parse_procedure(
        kProcedure, "p.yml", "aws.persistence.make-user", operations_, report_);
    EXPECT_TRUE(procedure) << to_string(report_.problems().back());
    const exercise::Context context;
    const exercise::Stage stage{*operations_.find("aws"), context, 1, Instant{}};
    const exercise::IsReceived received = [&](std::string_view) { return is_received; };
    const auto told = exercise::make_walkthrough({.procedure = *procedure,
                                                  .other_ways = {},
                                                  .stage = stage,
                                                  .rules = book.book(),
                                                  .log_sources = sources_,
                                                  .is_received = received,
                                                  .guide = guide_});
    EXPECT_TRUE(told) << to_string(told.error());
    return write({.told = *told,
                  .rules = book.book(),
                  .guide = guide_,
                  .catalogue = catalogue_,
                  .technique = *catalogue_.find(attack::TechniqueId{"T1136.003"}),
                  .provider = "AWS",
                  .organisation = "Kittiwake <b>",
                  .logs = {{"aws.cloudtrail", "AWS CloudTrail", "is somewhere else", is_received}},
                  .not_told = {},
                  .seed = 1,
                  .record_command = "nepho tabletop --record logged"});
  }

  Knowledge knowledge_;
  LoadReport report_;
  exercise::Operations operations_;
  event::LogSources sources_;
  exercise::TabletopGuide guide_;
  attack::Catalogue catalogue_;
};

TEST_F(TabletopPageTest, HasTheSectionsOfTheHourInTheirOrder) {
  const std::string text = page({kMade});
  std::size_t at = 0;
  for (const std::string_view heading :
       {"# Tabletop: Cloud Account (T1136.003) on AWS", "## How to lead it", "## Situation",
        "## Logs", "## Injects", "### Inject 1: `ListUsers`", "### Inject 2: `CreateUser`",
        "## A record of the same kind", "### Inject 3: `CreateUser`", "## What good looks like",
        "### Stop the caller", "## Debrief"}) {
    const std::size_t found = text.find(heading, at);
    ASSERT_NE(found, std::string::npos) << heading;
    at = found;
  }
}

TEST_F(TabletopPageTest, TellsTheRuleWithItsLevelWhereItFires) {
  const std::string text = page({kMade});
  EXPECT_THAT(text, HasSubstr("- Fires: **A user was \\*made\\*** (no level; T1136.003)\n"));
  EXPECT_THAT(text, HasSubstr("- They look at `eventName`, `userAgent`.\n"));
  EXPECT_THAT(
      text, HasSubstr("| **A user was \\*made\\*** (no level; T1136.003) | 2 | should be seen |"));
}

TEST_F(TabletopPageTest, SaysWhenARuleFiresOnWhatIsOrdinary) {
  EXPECT_THAT(page({kNoisy}), HasSubstr("| 3 | **fires on what is ordinary** |"));
  EXPECT_THAT(page({kMade}), Not(HasSubstr("**fires on what is ordinary**")));
}

TEST_F(TabletopPageTest, SaysThatNothingFiresAndWhy) {
  EXPECT_THAT(page({}), HasSubstr("**No rule mapped to T1136.003 fires on the attack.**"));
}

TEST_F(TabletopPageTest, ALogThatIsOffIsSaidAndSoIsWhatItWouldHaveShown) {
  EXPECT_THAT(
      page({kMade}, false),
      AllOf(HasSubstr("**Nobody sees this here.**"),
            HasSubstr("- **Would fire if the log arrived:** **A user was"),
            HasSubstr("| would fire, and its log is off |"),
            HasSubstr("| AWS CloudTrail (`aws.cloudtrail`) | **off:** is somewhere else |")));
}

// The log's fields are the attacker's: they close no block, open no link and carry no HTML.
TEST_F(TabletopPageTest, WhatAttackersWriteStaysText) {
  const std::string text = page({kMade});
  EXPECT_THAT(text, HasSubstr("| `userAgent` | ``x`\\|<img src=http://evil.example>`` |"));
  EXPECT_THAT(text, HasSubstr("| ```` ``` </details> [x](http://evil.example) ```` |"));
  EXPECT_THAT(text, HasSubstr("````json\n"));
  EXPECT_THAT(text, HasSubstr("Kittiwake &lt;b&gt;"));
  EXPECT_THAT(text, HasSubstr("| Procedure | A user \\| is made"));
}

TEST_F(TabletopPageTest, ABurstIsToldOnceWithItsNumber) {
  EXPECT_THAT(page({kMade}), HasSubstr("3 records of AWS CloudTrail like this one, the last at "));
}

TEST_F(TabletopPageTest, IsTheSameForTheSameSeed) { EXPECT_EQ(page({kMade}), page({kMade})); }

TEST_F(TabletopPageTest, TheJsonHasTheSameInjectsAndTheRecordsAsTheyAre) {
  const auto document = text::JsonDocument::parse(page({kMade}, true, tabletop_json));
  ASSERT_TRUE(document) << to_string(document.error());
  const auto parts = document->root().find("parts");
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->num_children(), 2U);
  std::vector<std::string> told;
  for (const auto& inject : parts->children().begin()->find("injects")->children()) {
    told.push_back(std::string(inject.string_at("event")) + " " +
                   std::to_string(inject.find("records")->num_children()) + " " +
                   std::to_string(inject.find("alerts")->num_children()));
    for (const auto& record : inject.find("records")->children()) {
      EXPECT_TRUE(text::JsonDocument::parse(std::string(record.text())));
    }
  }
  EXPECT_THAT(told, testing::ElementsAre("ListUsers 3 0", "CreateUser 1 1"));
}

}  // namespace
}  // namespace nepho::report
