#include "exercise/mutate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "exercise/judge.h"
#include "exercise/mutate_scenario.h"
#include "exercise/rule_fields.h"
#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Key;

// All of knowledge/procedures with all of knowledge/mutation, once.
class OurMutants : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    LoadReport report;
    operations = Operations::load(knowledge, report);
    sources = event::LogSources::load(knowledge, report);
    mutations = Mutations::load(knowledge, operations, report);
    procedures = load_procedures(knowledge, operations, report);
    book = std::make_unique<tests::BookOf>(sources, std::vector<tests::ClaimingRule>{});
    EXPECT_EQ(report.num_errors(), 0U);
  }
  static void TearDownTestSuite() { book.reset(); }

  template <typename Check>
  static void each_attack(const Check& check) {
    const Context context;
    for (const Procedure& procedure : procedures) {
      const Stage stage{*operations.find(procedure.facts.provider), context, 1,
                        Instant(std::chrono::days(20'000))};
      auto records = play(procedure.attack, stage, procedure.facts.id);
      ASSERT_TRUE(records) << procedure.facts.id;
      const Played played = read_play(*std::move(records), book->book().plan.line_forms());
      check(Attack{procedure, stage, played});
    }
  }
  static std::vector<Mutation> mutations_of(const Attack& attack) {
    return attacker_mutations(attack, mutations.of(attack.procedure.facts.provider),
                              book->book().plan);
  }

  static inline Knowledge knowledge;
  static inline Operations operations;
  static inline event::LogSources sources;
  static inline Mutations mutations;
  static inline std::vector<Procedure> procedures;
  static inline std::unique_ptr<tests::BookOf> book;
};

TEST_F(OurMutants, AreStillRecordsOfTheirLogSource) {
  Judge judge(book->book(), [](std::string_view) { return true; });
  std::size_t num_mutants = 0;
  each_attack([&](const Attack& attack) {
    for (const Mutation& mutation : mutations_of(attack)) {
      for (const auto& mutant : mutation.mutants) {
        const auto read = judge.fired_on(mutant);
        EXPECT_TRUE(read) << attack.procedure.facts.id << ' ' << mutation.id << ": "
                          << to_string(read.error());
        ++num_mutants;
      }
    }
  });
  EXPECT_GT(num_mutants, 2'000U);
}

TEST_F(OurMutants, KeepTheirTimesAccountsAndErrors) {
  each_attack([&](const Attack& attack) {
    std::multiset<Instant> times;
    for (const PlayedRecord& one : attack.played) times.insert(one.record.time);
    for (const Mutation& mutation : mutations_of(attack)) {
      if (mutation.id == "caller" || mutation.id == "api-variant") continue;
      for (const auto& mutant : mutation.mutants) {
        std::multiset<Instant> after;
        for (const Record& record : mutant) after.insert(record.time);
        EXPECT_EQ(after, times) << attack.procedure.facts.id << ' ' << mutation.id;
      }
      if (mutation.id == "steps") continue;  // each record is another's then
      for (const std::string& path :
           differences(attack.played, mutation.mutants, book->book().plan.line_forms())) {
        for (const char* fixed : {"eventTime", "eventName", "eventSource", "errorCode",
                                  "recipientAccountId", "stageTimestamp", "responseStatus.code"}) {
          EXPECT_NE(path, fixed) << attack.procedure.facts.id << ' ' << mutation.id;
        }
      }
    }
  });
}

TEST_F(OurMutants, EveryChangeConcernsSomeAttack) {
  std::map<std::string, std::size_t> attacks;
  each_attack([&](const Attack& attack) {
    for (const Mutation& mutation : mutations_of(attack)) {
      ++attacks[mutation.id];
      ++attacks[mutation.what];
    }
  });
  for (const char* provider : {"aws", "kubernetes", "gcp"}) {
    for (const Change& change : mutations.of(provider).changes) {
      if (change.by == By::kProvider) continue;
      EXPECT_THAT(attacks, Contains(Key(change.id))) << provider;
    }
    for (const CallVariant& call : mutations.of(provider).calls)
      EXPECT_THAT(attacks, Contains(Key(call.what)));
    for (const CallerVariant& caller : mutations.of(provider).callers)
      EXPECT_THAT(attacks, Contains(Key(caller.what)));
  }
}

TEST_F(OurMutants, OtherCallsAndCallersCanAllBePlayed) {
  each_attack([&](const Attack& attack) {
    const ProviderMutations& known = mutations.of(attack.procedure.facts.provider);
    const Scenario& scenario = attack.procedure.attack;
    std::vector<std::optional<Scenario>> others;
    for (const CallVariant& call : known.calls)
      others.push_back(with_other_call(scenario, call, attack.stage.provider));
    for (const CallerVariant& caller : known.callers)
      others.push_back(with_other_caller(scenario, caller, attack.stage.provider));
    for (const auto& other : others) {
      if (!other) continue;
      const auto records = play(*other, attack.stage, "x");
      EXPECT_TRUE(records) << attack.procedure.facts.id << ": " << to_string(records.error());
    }
  });
}

TEST_F(OurMutants, AreTheSameEveryTime) {
  each_attack([&](const Attack& attack) {
    const auto once = mutations_of(attack);
    const auto again = mutations_of(attack);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
      ASSERT_EQ(once[i].mutants.size(), again[i].mutants.size());
      for (std::size_t j = 0; j < once[i].mutants.size(); ++j) {
        for (std::size_t k = 0; k < once[i].mutants[j].size(); ++k)
          ASSERT_EQ(once[i].mutants[j][k].text, again[i].mutants[j][k].text);
      }
    }
  });
}

TEST_F(OurMutants, OfTheProviderChangeTheFieldThatTheySay) {
  each_attack([&](const Attack& attack) {
    const ProviderMutations none;
    for (const Mutation& mutation : provider_mutations(
             attack, none, book->book().plan, {"userAgent", "requestParameters.userName"})) {
      EXPECT_EQ(mutation.by, By::kProvider);
      for (const std::string& path :
           differences(attack.played, mutation.mutants, book->book().plan.line_forms())) {
        const std::string parent = mutation.path.substr(0, mutation.path.rfind('.') + 1);
        EXPECT_TRUE(path.starts_with(parent)) << path << ' ' << mutation.path;
      }
    }
  });
}

TEST(RuleFields, OfACorrelationAreThoseOfAllThatFeedsIt) {
  constexpr const char* kRules = R"(title: one
name: one
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: A, '|contains': word}, condition: s}
---
title: some
name: some
correlation: {type: event_count, rules: [one], group-by: [userAgent], timespan: 1h, condition: {gte: 3}}
---
title: much
correlation: {type: value_count, rules: [some], group-by: [awsRegion], timespan: 1h, condition: {gte: 3, field: errorCode}}
)";
  LoadReport report;
  const Knowledge knowledge;
  const auto sources = event::LogSources::load(knowledge, report);
  tests::BookOf book(sources, kRules, {});
  const auto fields = fields_of_rules(book.book().plan);
  EXPECT_THAT(fields[0], ElementsAre("eventName"));
  EXPECT_THAT(fields[1], ElementsAre("eventName", "userAgent"));
  EXPECT_THAT(fields[2], ElementsAre("awsRegion", "errorCode", "eventName", "userAgent"));
}

TEST(RuleFields, StandAtThePathsOfTheirLogSource) {
  event::LogSource source;
  source.aliases = {{"src_ip", {"sourceIPAddress"}, "sigma"}};
  source.inner_json = {"policy"};
  EXPECT_THAT(paths_of({"src_ip", "policy.Statement"}, source),
              ElementsAre("policy", "policy.Statement", "sourceIPAddress", "src_ip"));
}

}  // namespace
}  // namespace nepho::exercise
