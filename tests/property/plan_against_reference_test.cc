// The plan with all its shortcuts answers what the reference evaluator answers, on random rules and
// events. fuzz/plan_against_reference.cc goes on where this ends.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "plan/reference.h"
#include "sigma/load.h"
#include "tests/support/both_ways.h"
#include "tests/support/made_rules.h"

namespace nepho::tests {
namespace {

struct Outcome {
  std::uint64_t asked = 0;
  std::uint64_t held = 0;
};

// Runs `num_rules` rules over `num_events` events both ways; ends at the first that differs.
Outcome compare(std::uint32_t seed, std::size_t num_rules, std::size_t num_events,
                bool strict_fields, Arrays arrays = Arrays::kWhole,
                Reached reached = Reached::kAlways) {
  std::mt19937 random(seed);
  Maker maker([&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); }, arrays);
  std::vector<sigma::Rule> rules;
  for (std::size_t i = 0; i < num_rules; ++i) rules.push_back(maker.rule());
  BothWays both(std::move(rules), strict_fields, sources_for(arrays, reached));
  Outcome outcome;
  for (std::size_t i = 0; i < num_events; ++i) {
    const std::string json = maker.event();
    const auto answers = both.ask(json);
    EXPECT_EQ(answers.size(), num_rules) << "not read: " << json;
    for (std::size_t rule = 0; rule < answers.size(); ++rule) {
      EXPECT_EQ(answers[rule].plan, answers[rule].reference)
          << "seed " << seed << ", rule " << rule << ", event " << json;
      ++outcome.asked;
      outcome.held += answers[rule].reference ? 1 : 0;
    }
    if (testing::Test::HasFailure()) return outcome;
  }
  return outcome;
}

TEST(PlanAgainstReference, AgreesOnRandomRulesAndEvents) {
  Outcome all;
  for (std::uint32_t seed = 0; seed < 200 && !testing::Test::HasFailure(); ++seed) {
    const Outcome outcome = compare(seed, 20, 50, /*strict_fields=*/false);
    all.asked += outcome.asked;
    all.held += outcome.held;
  }
  // Both answers are common, so that agreement says something.
  EXPECT_EQ(all.asked, 200'000U);
  EXPECT_GT(all.held, all.asked / 20);
  EXPECT_LT(all.held, all.asked / 2);
}

TEST(PlanAgainstReference, AgreesWithStrictFields) {
  for (std::uint32_t seed = 1'000; seed < 1'050 && !testing::Test::HasFailure(); ++seed) {
    compare(seed, 20, 50, /*strict_fields=*/true);
  }
}

TEST(PlanAgainstReference, AgreesWhereRulesTestElementsOfArrays) {
  Outcome all;
  for (std::uint32_t seed = 2'000; seed < 2'200 && !testing::Test::HasFailure(); ++seed) {
    const Outcome outcome = compare(seed, 20, 50, seed % 4 == 0, Arrays::kElements);
    all.asked += outcome.asked;
    all.held += outcome.held;
  }
  EXPECT_EQ(all.asked, 200'000U);
  EXPECT_GT(all.held, all.asked / 20);
  EXPECT_LT(all.held, all.asked / 2);
}

TEST(PlanAgainstReference, AgreesWhereRulesNameElements) {
  Outcome all;
  for (std::uint32_t seed = 3'000; seed < 3'200 && !testing::Test::HasFailure(); ++seed) {
    const Outcome outcome = compare(seed, 20, 50, seed % 4 == 0, Arrays::kNamed);
    all.asked += outcome.asked;
    all.held += outcome.held;
  }
  EXPECT_EQ(all.asked, 200'000U);
  EXPECT_GT(all.held, all.asked / 20);
  EXPECT_LT(all.held, all.asked / 2);
}

// Few rules and many, of which those with anchors are reached through them.
TEST(PlanAgainstReference, AgreesWhereRulesAreReachedByTheEventsName) {
  static constexpr Reached kBy[] = {Reached::kByOne, Reached::kByTwo, Reached::kByThree};
  Outcome all;
  for (std::uint32_t seed = 4'000; seed < 4'300 && !testing::Test::HasFailure(); ++seed) {
    const std::size_t num_rules = seed % 3 == 0 ? 60 : 10;
    const Outcome outcome =
        compare(seed, num_rules, 50, seed % 4 == 0, Arrays::kElements, kBy[seed / 3 % 3]);
    all.asked += outcome.asked;
    all.held += outcome.held;
  }
  EXPECT_EQ(all.asked, 400'000U);
  EXPECT_GT(all.held, all.asked / 20);
  EXPECT_LT(all.held, all.asked / 2);
}

// One rule on the events of a made log source that are told apart by two fields.
class OneRule {
 public:
  explicit OneRule(const std::string& selection)
      : both_(load(selection), /*strict_fields=*/false,
              sources_for(Arrays::kWhole, Reached::kByTwo)) {}

  // Whether it holds, which both ways must answer alike.
  bool holds(const std::string& record) {
    const auto answers = both_.ask(record);
    EXPECT_EQ(answers.size(), 1U) << record;
    EXPECT_EQ(answers[0].plan, answers[0].reference) << record;
    return answers[0].plan;
  }

 private:
  static std::vector<sigma::Rule> load(const std::string& selection) {
    LoadReport report;
    auto rules = sigma::take_rules(
        sigma::parse_documents("title: t\nlogsource: {product: made}\ndetection: {s: {" +
                                   selection + "}, condition: s}\n",
                               "r.yml", {}),
        report);
    EXPECT_EQ(rules.size(), 1U);
    return rules;
  }
  BothWays both_;
};

// Classes of events are kept in so many places that each has had one of these names: an event
// without a name is none of theirs.
TEST(PlanAgainstReference, AgreesOnAnEventWithoutANameAmongManyNames) {
  OneRule rule("source: a, name: null");
  for (int i = 0; i < 20'000; ++i)
    EXPECT_FALSE(rule.holds(R"({"source":"a","name":"n)" + std::to_string(i) + R"("})"));
  EXPECT_TRUE(rule.holds(R"({"source":"a"})"));
  EXPECT_FALSE(rule.holds(R"({"source":"b"})"));
}

// The same of an event whose name says nothing to the plan: no string, several, or one with
// escapes.
TEST(PlanAgainstReference, AgreesOnNamesThatAreNoPlainTextAmongManyNames) {
  OneRule rule("source: a, name: [42, n\u00e9, n7]");
  const auto holds_named = [&](const std::string& name) {
    return rule.holds(R"({"source":"a")" + (name.empty() ? "" : R"(,"name":)" + name) + "}");
  };
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(holds_named("42"));
    EXPECT_FALSE(holds_named("43"));
    EXPECT_FALSE(holds_named(""));
    EXPECT_TRUE(holds_named(R"(["x","n7"])"));
    EXPECT_FALSE(holds_named(R"(["x","n8"])"));
    EXPECT_TRUE(holds_named(R"("n\u00e9")"));
    EXPECT_FALSE(holds_named(R"("n\u00ea")"));
    EXPECT_TRUE(holds_named(R"("n7")"));
    EXPECT_FALSE(holds_named("null"));
    EXPECT_FALSE(holds_named(R"("")"));
    for (int i = 0; i < 2'000; ++i) holds_named(R"("n)" + std::to_string(i) + '"');
  }
}

// For a night: NEPHO_PROPERTY_MINUTES=30 property_tests --gtest_filter='*AsLongAsItIsAsked'. Every
// run begins with the same seed; NEPHO_PROPERTY_SEED=N begins elsewhere.
TEST(PlanAgainstReference, AgreesForAsLongAsItIsAsked) {
  const char* minutes = std::getenv("NEPHO_PROPERTY_MINUTES");
  if (minutes == nullptr) GTEST_SKIP() << "NEPHO_PROPERTY_MINUTES is not set";
  const char* first = std::getenv("NEPHO_PROPERTY_SEED");
  auto seed = static_cast<std::uint32_t>(first != nullptr ? std::atol(first) : 100'000);
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(std::atol(minutes));
  Outcome all;
  // Few rules take other shortcuts than many.
  for (; std::chrono::steady_clock::now() < end && !testing::Test::HasFailure(); ++seed) {
    const std::size_t num_rules = seed % 8 == 0 ? 400 : 1 + seed % 40;
    const auto arrays = static_cast<Arrays>(seed % 3);
    const auto reached = static_cast<Reached>(seed / 8 % kNumReached);
    const Outcome outcome = compare(seed, num_rules, 50, seed % 5 == 0, arrays, reached);
    all.asked += outcome.asked;
    all.held += outcome.held;
  }
  std::printf("%llu pairs of a rule and an event, %llu of which held; next seed %u\n",
              static_cast<unsigned long long>(all.asked), static_cast<unsigned long long>(all.held),
              seed);
  EXPECT_GT(all.held, all.asked / 20);
  EXPECT_LT(all.held, all.asked / 2);
}

// One array test of a rule, its selector changed.
bool holds_with(sigma::Item item, sigma::ArraySelector::Kind kind, bool turned,
                const text::JsonValue& event) {
  item.array->selector.kind = kind;
  if (turned) item.array->condition = {sigma::Expression::Kind::kNot, 0, {item.array->condition}};
  return plan::item_holds(item, event, {});
}

// What the selectors have to do with each other, whatever the test and the event.
TEST(PlanAgainstReference, SelectorsOfElementsAgreeWithEachOther) {
  using Kind = sigma::ArraySelector::Kind;
  std::mt19937 random(7);
  Maker maker([&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); },
              Arrays::kElements);
  std::array<int, 2> num_any{};
  for (int i = 0; i < 10'000; ++i) {
    const sigma::Rule rule = maker.rule();
    const std::string json = maker.event();
    const auto document = text::JsonDocument::parse(json);
    ASSERT_TRUE(document);
    for (const sigma::Item& item : rule.items) {
      if (!item.array) continue;
      const auto holds = [&](Kind kind, bool turned = false) {
        return holds_with(item, kind, turned, document->root());
      };
      const bool any = holds(Kind::kAny);
      ++num_any[any ? 1 : 0];
      EXPECT_EQ(holds(Kind::kNone), !any) << json;
      EXPECT_EQ(holds(Kind::kAllOrEmpty), holds(Kind::kNone, /*turned=*/true)) << json;
      // Where something is true of all and of none there is no element.
      const bool is_empty = holds(Kind::kAllOrEmpty) && !any;
      EXPECT_EQ(holds(Kind::kAll), holds(Kind::kAllOrEmpty) && !is_empty) << json;
      EXPECT_EQ(is_empty, !any && !holds(Kind::kAny, /*turned=*/true)) << json;
    }
  }
  EXPECT_GT(num_any[0], 100);
  EXPECT_GT(num_any[1], 100);
}

}  // namespace
}  // namespace nepho::tests
