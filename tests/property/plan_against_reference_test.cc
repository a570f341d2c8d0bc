// The plan with all its shortcuts answers what the reference evaluator answers, on random rules and
// events.
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "detect/evaluator.h"
#include "event/log_source.h"
#include "plan/plan.h"
#include "plan/reference.h"
#include "tests/support/made_rules.h"
#include "text/json_index.h"

namespace nepho {
namespace {

struct Outcome {
  std::uint64_t asked = 0;
  std::uint64_t held = 0;
};

// Runs `num_rules` rules over `num_events` events both ways.
Outcome compare(std::uint32_t seed, std::size_t num_rules, std::size_t num_events,
                const plan::PlanOptions& options) {
  std::mt19937 random(seed);
  tests::Maker maker([&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); });
  std::vector<sigma::Rule> rules;
  for (std::size_t i = 0; i < num_rules; ++i) rules.push_back(maker.rule());
  const event::LogSources sources;
  const plan::Plan plan(rules, sources, options);
  detect::Evaluator evaluator(plan, *plan.sources()[0]);
  event::RecordView view(plan.keys());
  text::JsonIndexer indexer;
  Outcome outcome;
  for (std::size_t i = 0; i < num_events; ++i) {
    const std::string json = maker.event();
    std::string padded = json + std::string(text::kJsonPadding, '"');
    const std::string_view bytes = std::string_view(padded).substr(0, json.size());
    const auto document = text::JsonDocument::parse(json);
    const auto tokens = indexer.index(bytes);
    EXPECT_TRUE(document && tokens) << json;
    if (!document || !tokens) return outcome;
    view.reset(bytes, *tokens);
    EXPECT_TRUE(view.has_next() && view.scan() == event::ScanFault::kNone) << json;
    const auto& matched = evaluator.evaluate(view);
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      const bool expected =
          plan::holds(rules[rule], document->root(), plan::FieldNames(), options.strict_fields);
      const bool held = std::find(matched.begin(), matched.end(), rule) != matched.end();
      EXPECT_EQ(held, expected) << "seed " << seed << ", rule " << rule << ", event " << json;
      if (held != expected) return outcome;
      ++outcome.asked;
      outcome.held += expected ? 1 : 0;
    }
  }
  return outcome;
}

TEST(PlanAgainstReference, AgreesOnRandomRulesAndEvents) {
  Outcome all;
  for (std::uint32_t seed = 0; seed < 200 && !testing::Test::HasFailure(); ++seed) {
    const Outcome outcome = compare(seed, 20, 50, {.ignore_logsource = true});
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
    compare(seed, 20, 50, {.ignore_logsource = true, .strict_fields = true});
  }
}

}  // namespace
}  // namespace nepho
