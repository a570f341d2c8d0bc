// What a rule means, asked a second time: the same rules as SQL on SQLite, over the same events,
// give the same matches. Where SQL by itself means something else, docs/decisions/
// sql-differences.md says so; the translator makes up for it, and a test shows that without that
// the two do differ.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/files.h"
#include "sigma/load.h"
#include "tests/support/generated_rules.h"
#include "tests/support/made_rules.h"
#include "tests/support/program.h"
#include "tests/support/shared_data.h"
#include "tests/support/sql/delivered_events.h"
#include "tests/support/sql/second_opinion.h"
#include "tests/support/sql/where.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using sql::Dialect;
using sql::Difference;
using sql::Opinions;
using Events = std::vector<std::string>;
using Rules = std::vector<sigma::Rule>;

std::string told(const sql::Disagreement& one, const Rules& rules, const Events& events) {
  const auto clause = sql::where_clause(rules[one.rule], Dialect::full());
  return "we say " + std::string(one.ours ? "yes" : "no") + ": rule " + rules[one.rule].id.value +
         "\n" + clause.value_or("") + "\n" + events[one.event];
}

// Fails on any disagreement, and shows the first of them.
void expect_agreement(const Opinions& opinions, const Rules& rules, const Events& events) {
  EXPECT_EQ(opinions.num_unlike, 0U);
  EXPECT_EQ(opinions.num_unread, 0U);
  EXPECT_EQ(opinions.disagreements.size(), 0U);
  for (std::size_t i = 0; i < std::min<std::size_t>(opinions.disagreements.size(), 5); ++i)
    ADD_FAILURE() << told(opinions.disagreements[i], rules, events);
}

// Asks both, prints what was compared, and gives how many pairs held.
std::size_t expect_agreement(const char* what, const Rules& rules, const Events& events) {
  const Opinions opinions = ask_both(rules, events, Dialect::full());
  std::printf(
      "%s: %zu rules, %zu events, %zu pairs, %zu held, %zu disagreements, %zu rules left out\n",
      what, rules.size(), events.size(), opinions.num_pairs, opinions.num_held,
      opinions.disagreements.size(), opinions.num_left_out);
  expect_agreement(opinions, rules, events);
  return opinions.num_held;
}

struct Made {
  Rules rules;
  Events events;
};

Made made(std::uint32_t seed, std::size_t num_rules, std::size_t num_events) {
  std::mt19937 random(seed);
  Maker maker([&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); });
  Made made;
  for (std::size_t i = 0; i < num_rules; ++i) made.rules.push_back(maker.rule());
  for (std::size_t i = 0; i < num_events; ++i) made.events.push_back(maker.event());
  return made;
}

// One rule and one event on which SQL by itself says the other. `rule` is its selections and
// condition.
struct Example {
  Difference difference;
  const char* detection;
  const char* event;
};
constexpr Example kExamples[] = {
    {Difference::kThreeValuedLogic, "{s: {a: x}, filter: {b: y}, condition: s and not filter}",
     R"({"a":"x"})"},
    {Difference::kAsciiCase, "{s: {a: caf\u00E9}, condition: s}", "{\"a\":\"CAF\u00C9\"}"},
    {Difference::kNumberSpelling, "{s: {a|startswith: '4.04'}, condition: s}", R"({"a":4.04e2})"},
    {Difference::kBooleanIsNumber, "{s: {a: 'true'}, condition: s}", R"({"a":true})"},
    {Difference::kEscapesInJsonText, "{s: {a|contains: '{\"b\":\"AB\"}'}, condition: s}",
     R"({"a":{"b":"\u0041B"}})"},
    {Difference::kTypedEquality, "{s: {a: 404}, condition: s}", R"({"a":"404"})"},
    {Difference::kTextIsZero, "{s: {a|lt: 5}, condition: s}", R"({"a":"many"})"},
    {Difference::kDoublePrecision, "{s: {a|gt: 9007199254740992}, condition: s}",
     R"({"a":9007199254740993})"},
    {Difference::kTimeInUtc, "{s: {a|hour: 23}, condition: s}",
     R"({"a":"2026-03-01T23:59:59+02:00"})"},
    {Difference::kJulianDay, "{s: {a|year: 2026}, condition: s}", R"({"a":1772359200})"},
    {Difference::kWeekOfYear, "{s: {a|week: 1}, condition: s}", R"({"a":"2026-01-01T00:00:00Z"})"},
};

Rules rules_of(const std::string& yaml) {
  LoadReport report;
  return sigma::take_rules(sigma::parse_documents(yaml, "r.yml", {}), report);
}

Rules rules_below(const std::filesystem::path& folder) {
  LoadReport report;
  return sigma::load_rules({folder.string()}, {}, report);
}

TEST(AgainstSql, EveryDifferenceIsOneOfSqlsOwn) {
  EXPECT_EQ(std::size(kExamples), sql::kDifferences.size());
  for (const Example& example : kExamples) {
    const auto name = to_string(example.difference);
    const Rules rules = rules_of(
        "title: t\nid: 6f46b99d-de0d-4c98-8d1f-8a6df9db6b1a\n"
        "logsource: {product: test}\ndetection: " +
        std::string(example.detection) + "\n");
    ASSERT_EQ(rules.size(), 1U) << name;
    const Events events = {example.event};
    EXPECT_EQ(ask_both(rules, events, Dialect::full()).disagreements.size(), 0U) << name;
    EXPECT_EQ(
        ask_both(rules, events, Dialect::full().without(example.difference)).disagreements.size(),
        1U)
        << name;
  }
}

TEST(AgainstSql, EveryDifferenceStandsInTheTable) {
  const std::string page = contents_of(source_folder() / "docs/decisions/sql-differences.md");
  for (const Difference difference : sql::kDifferences) {
    const auto row = "| " + std::string(to_string(difference)) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

// Agreement says something only where disagreement is to be had.
TEST(AgainstSql, SqlByItselfDiffersOnRandomRules) {
  const Made sample = made(1, 100, 100);
  const Opinions opinions = ask_both(sample.rules, sample.events, Dialect::plain());
  EXPECT_GT(opinions.disagreements.size(), opinions.num_pairs / 50);
}

TEST(AgainstSql, RandomRulesHoldForTheSameRandomEvents) {
  std::size_t pairs = 0;
  std::size_t held = 0;
  std::size_t left_out = 0;
  for (std::uint32_t seed = 0; seed < 20 && !HasFailure(); ++seed) {
    const Made sample = made(seed, 150, 200);
    const Opinions opinions = ask_both(sample.rules, sample.events, Dialect::full());
    expect_agreement(opinions, sample.rules, sample.events);
    pairs += opinions.num_pairs;
    held += opinions.num_held;
    left_out += opinions.num_left_out;
  }
  EXPECT_EQ(pairs, (20 * 150 - left_out) * 200);
  std::printf("random: %zu pairs, %zu held, %zu rules left out\n", pairs, held, left_out);
  EXPECT_LT(left_out, 100U);  // words that were cut within a letter
  EXPECT_GT(held, pairs / 20);
  EXPECT_LT(held, pairs / 2);
}

// The telemetry of every procedure that we know, and of what looks like it.
Events simulated() {
  static const Events events = [] {
    const TemporaryFolder folder;
    const Run run = run_nepho(
        {"simulate", "--provider", "aws", "--lookalikes", "--as-of", "2026-03-01", "-o", "logs"},
        {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return sql::delivered_events(folder.path() / "logs/AWSLogs").value();
  }();
  return events;
}

// The built-in pack, and the rules of the example workspace.
Rules our_rules() {
  LoadReport report;
  Rules rules = sigma::load_rules({(source_folder() / "knowledge/rules").string(),
                                   (source_folder() / "examples/rules").string()},
                                  {}, report);
  EXPECT_GT(rules.size(), 150U);
  return rules;
}

Events examples() { return sql::delivered_events(source_folder() / "examples/logs").value(); }

TEST(AgainstSql, OurRulesHoldForTheSameExampleEvents) {
  const Rules rules = our_rules();
  const Events events = sql::spread(examples(), 1000);
  EXPECT_GT(expect_agreement("pack on examples", rules, events), 0U);
}

TEST(AgainstSql, OurRulesHoldForTheSameSimulatedEvents) {
  const Rules rules = our_rules();
  const Events events = sql::spread(simulated(), 1000);
  EXPECT_GT(expect_agreement("pack on simulated", rules, events), 100U);
}

TEST(AgainstSql, ManyRulesHoldForTheSameEvents) {
  if (!can_generate_rules()) GTEST_SKIP() << "needs python3";
  const TemporaryFolder folder;
  ASSERT_TRUE(generate_rules(folder.path(), 1'000));
  const Rules rules = rules_below(folder.path());
  Events events = sql::spread(simulated(), 200);
  for (std::string& event : sql::spread(examples(), 100)) events.push_back(std::move(event));
  EXPECT_GT(expect_agreement("generated", rules, events), 10U);
}

TEST(AgainstSql, SigmaHqsRulesHoldForTheSameEvents) {
  const auto folder = shared_data("data/sigma/rules/rules/cloud/aws");
  if (!folder) GTEST_SKIP() << kNoSharedData;
  const Rules rules = rules_below(*folder);
  Events events = sql::spread(simulated(), 1000);
  for (std::string& event : sql::spread(examples(), 200)) events.push_back(std::move(event));
  EXPECT_GT(expect_agreement("SigmaHQ", rules, events), 10U);
}

// Rules for every cloud, on events in the forms of every cloud.
TEST(AgainstSql, SigmaHqsCloudRulesHoldForTheSameEventsMadeForThem) {
  const auto folder = shared_data("data/sigma/rules/rules/cloud");
  const auto made_for_them = shared_data("data/sigma/rule_events");
  if (!folder || !made_for_them) GTEST_SKIP() << kNoSharedData;
  const auto lines = sql::delivered_events(*made_for_them);
  ASSERT_TRUE(lines);
  Events events;
  for (const std::string& line : *lines) {
    const auto one = text::JsonDocument::parse(line);
    ASSERT_TRUE(one);
    // Those of log sources that we know come out of what they are wrapped in.
    const auto event = one->root().find("rule_id") ? one->root().find("event") : one->root();
    if (event) events.emplace_back(event->source());
  }
  events = sql::spread(events, 1'000);
  EXPECT_GT(expect_agreement("SigmaHQ, all clouds", rules_below(*folder), events), 200U);
}

// Each case has a rule and an event of its own; those of one rule come one after another.
TEST(AgainstSql, EveryFeatureMeansTheSame) {
  const auto path = shared_data("data/sigma/features.json");
  if (!path) GTEST_SKIP() << kNoSharedData;
  const auto text = read_file(*path, kDefaultLimits.max_bundle_bytes);
  ASSERT_TRUE(text);
  const auto cases = text::JsonDocument::parse(*text, path->string());
  ASSERT_TRUE(cases);
  std::size_t pairs = 0;
  for (const auto& one : cases->root().children()) {
    sigma::LoadOptions options;
    if (const auto given = one.find("placeholders"); given && given->is_object())
      for (const auto& name : given->children())
        for (const auto& value : name.children())
          options.placeholders[std::string(name.key())].emplace_back(value.text());
    LoadReport report;
    const Rules rules =
        sigma::take_rules(sigma::parse_documents(one.string_at("rule"), "r.yml", options), report);
    const auto event = one.find("event");
    if (rules.empty() || !event) continue;
    const Events events = {std::string(event->source())};
    const Opinions opinions = ask_both(rules, events, Dialect::full());
    pairs += opinions.num_pairs;
    for (const auto& disagreement : opinions.disagreements)
      ADD_FAILURE() << one.string_at("id") << ": " << told(disagreement, rules, events);
    if (opinions.num_left_out > 0)
      std::printf("left out: %s\n", std::string(one.string_at("id")).c_str());
  }
  std::printf("features: %zu pairs\n", pairs);
  EXPECT_GT(pairs, 300U);
}

}  // namespace
}  // namespace nepho::tests
