// The correlator against its definition (plan/reference_correlator.h), on random correlations and
// random events over so few names, values and times that windows fill, run empty and overlap.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "detect/correlation_state.h"
#include "detect/correlator.h"
#include "plan/reference_correlator.h"
#include "sigma/load.h"

namespace nepho {
namespace {

using plan::ReferenceFinding;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  template <typename T, std::size_t n>
  T pick(const T (&choices)[n]) {
    return choices[below(n)];
  }

 private:
  std::mt19937 engine_;
};

constexpr std::uint32_t kNumBases = 3;

// The lines that one of our own types asks for.
std::string behaviour(Random& random, const std::string& type) {
  if (type == "x_burst")
    return random.pick({"  field: v\n", "  field: [v, n]\n"}) +
           std::string(random.pick(
               {"", "  x_denials: 0.5\n  x_denied: d\n", "  x_denials: 1\n  x_denied: u\n"})) +
           "  condition: {gte: " + std::to_string(1 + random.below(3)) + "}\n";
  if (type == "x_volume")
    return random.pick({"", "  field: n\n"}) + std::string("  x_minimum: ") +
           std::to_string(1 + random.below(3)) +
           "\n  x_memory: " + std::to_string(18 + random.below(9)) +
           "s\n  condition: {gte: " + random.pick({"-1", "0.5", "1.5", "3"}) + "}\n";
  if (type == "x_velocity")
    return random.pick({"  field: [n, n]\n", "  field: [n, d]\n"}) +
           std::string(random.pick({"", "  x_distance: 300\n"})) +
           "  condition: {gt: " + random.pick({"0", "100000", "400000"}) + "}\n";
  std::string rare;
  if (type == "x_rare")
    rare = "  x_minimum: " + std::to_string(1 + random.below(4)) + "\n  condition: {" +
           random.pick({"lt: 0.5", "lte: 0.2", "lte: 0", "lt: 0.34"}) + "}\n";
  return rare + random.pick({"  field: v\n", "  field: [v, n]\n"}) +
         std::string(random.pick({"", "  x_memory: 6s\n", "  x_memory: 15s\n"}));
}

std::string condition(Random& random, const std::string& type, std::size_t num_rules) {
  if (type.starts_with("x_")) return behaviour(random, type);
  if (type.starts_with("temporal") && random.one_in(3)) return "";
  if (type.starts_with("temporal") && random.one_in(2)) {
    std::string text = random.pick({"r0", "not r0"});
    for (std::size_t i = 1; i < num_rules; ++i) {
      text += random.pick({" and ", " or ", " and not "});
      text += "r" + std::to_string(i);
    }
    return "  condition: " + text + "\n";
  }
  std::string text = "  condition: {";
  if (type == "value_count") text += random.pick({"field: v, ", "field: [v, n], "});
  if (type.starts_with("value_") && type != "value_count") text += "field: n, ";
  if (type == "value_percentile") text += "percentile: " + std::to_string(random.below(101)) + ", ";
  const int limit = static_cast<int>(random.below(5));
  text += random.pick({"gt", "gte", "lt", "lte", "eq", "neq"}) + (": " + std::to_string(limit));
  if (random.one_in(4)) text += ", lte: " + std::to_string(limit + 2);
  const auto twice = text.find("lte");
  if (twice != text.npos && text.find("lte", twice + 1) != text.npos) text.resize(text.rfind(','));
  return text + "}\n";
}

// A correlation over r0, r1, r2 or, with `below`, over the one before it too.
std::string correlation(Random& random, int number, bool below) {
  const std::string type =
      random.pick({"event_count", "value_count", "temporal", "temporal_ordered", "value_sum",
                   "value_avg", "value_percentile", "value_median", "x_new_value", "x_burst",
                   "x_volume", "x_rare", "x_velocity"});
  const std::size_t num_rules = 1 + random.below(kNumBases);
  std::string rules;
  for (std::size_t i = 0; i < num_rules; ++i) rules += (i == 0 ? "r" : ", r") + std::to_string(i);
  std::string text = "title: c" + std::to_string(number) + "\nname: c" + std::to_string(number) +
                     "\ncorrelation:\n  type: " + type + "\n";
  std::string asked = condition(random, type, num_rules);
  const bool is_written = asked.find(" and") != asked.npos || asked.find("r0") != asked.npos ||
                          asked.find(" or") != asked.npos;
  if (below && !is_written) rules += ", c" + std::to_string(number - 1);
  text += "  rules: [" + rules + "]\n  timespan: " + std::to_string(1 + random.below(6)) + "s\n";
  text += random.pick({"", "  group-by: [u]\n", "  group-by: [u, v]\n", "  group-by: [who]\n"});
  if (text.find("who") != text.npos)
    text += "  aliases: {who: {r0: u" +
            std::string(num_rules > 1 ? random.pick({", r1: v", ", r1: u"}) : "") + "}}\n";
  return text + asked + "---\n";
}

std::vector<sigma::Rule> rules_of(Random& random) {
  std::string yaml;
  for (std::uint32_t i = 0; i < kNumBases; ++i)
    yaml += "title: base " + std::to_string(i) + "\nname: r" + std::to_string(i) +
            "\nlogsource: {product: aws}\ndetection: {s: {f: " + std::to_string(i) +
            "}, condition: s}\n---\n";
  const int num_correlations = 1 + static_cast<int>(random.below(3));
  for (int i = 0; i < num_correlations; ++i)
    yaml += correlation(random, i, i != 0 && random.one_in(2));
  auto documents = sigma::parse_documents(yaml, "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  auto rules = sigma::take_rules(std::move(documents), report);
  for (const Problem& problem : report.problems()) {
    if (problem.severity == Severity::kError) ADD_FAILURE() << to_string(problem) << "\n" << yaml;
  }
  return rules;
}

struct Event {
  Instant time;
  std::vector<std::uint32_t> rules;
  std::map<std::string, std::string, std::less<>> fields;

  std::optional<std::string> field(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
  }
};

std::vector<Event> events_of(Random& random) {
  std::vector<Event> events(5 + random.below(40));
  std::int64_t seconds = 1'700'000'000;
  for (Event& event : events) {
    if (!random.one_in(4)) seconds += random.below(random.one_in(8) ? 12 : 3);
    event.time = Instant(std::chrono::seconds(seconds));
    for (std::uint32_t rule = 0; rule < kNumBases; ++rule) {
      if (random.one_in(2)) event.rules.push_back(rule);
    }
    if (!random.one_in(6)) event.fields["u"] = random.pick({"a", "b", "B", ""});
    if (!random.one_in(6)) event.fields["v"] = random.pick({"x", "X", "y", "a"});
    if (random.one_in(2)) event.fields["d"] = random.pick({"AccessDenied", "7", "-4"});
    if (!random.one_in(6))
      event.fields["n"] = random.pick({"0", "1", "2", "3.5", "-2", "1e1", "many", "0.1"});
  }
  std::erase_if(events, [](const Event& event) { return event.rules.empty(); });
  return events;
}

// Feeds events [begin, end) to the correlator and compares what it finds by its numbers.
void feed(const plan::CorrelationPlan& plan, const std::vector<Event>& events, std::size_t begin,
          std::size_t end, const std::vector<std::uint64_t>& numbers,
          detect::Correlator& correlator, std::vector<ReferenceFinding>& found) {
  for (std::size_t number = begin; number < end; ++number) {
    const Event& event = events[number];
    std::vector<std::vector<std::optional<std::string>>> texts;
    for (const std::uint32_t rule : event.rules) {
      texts.emplace_back();
      if (plan.base_of(rule) == plan::CorrelationPlan::kNotBase) continue;
      for (const std::string& field : plan.fields(plan.base_of(rule)))
        texts.back().push_back(event.field(field));
    }
    std::vector<detect::CorrelationInput> inputs;
    for (std::size_t i = 0; i < event.rules.size(); ++i) {
      if (plan.base_of(event.rules[i]) == plan::CorrelationPlan::kNotBase) continue;
      inputs.push_back({plan.base_of(event.rules[i]), {texts[i].begin(), texts[i].end()}});
    }
    if (inputs.empty()) continue;
    std::vector<detect::Correlated> completed;
    correlator.add({event.time, numbers[number], inputs}, completed);
    for (const detect::Correlated& each : completed) {
      ReferenceFinding finding{each.rule, each.group, number, {}, each.measured.value};
      for (const std::uint64_t event_number : each.events) {
        const auto at = std::ranges::find(numbers, event_number);
        finding.window.push_back(static_cast<std::size_t>(at - numbers.begin()));
      }
      found.push_back(std::move(finding));
    }
  }
}

std::string described(const std::vector<ReferenceFinding>& findings) {
  std::string text;
  for (const ReferenceFinding& finding : findings) {
    text += "rule " + std::to_string(finding.rule) + " event " + std::to_string(finding.event) +
            " group";
    for (const auto& value : finding.group) text += " " + value.value_or("(none)");
    text += "\n";
  }
  return text;
}

// The same findings, each with what was measured and with events of its window, the completing one
// last.
void expect_same(std::vector<ReferenceFinding> expected, std::vector<ReferenceFinding> found,
                 std::uint32_t seed) {
  std::ranges::sort(expected);
  std::ranges::sort(found);
  ASSERT_EQ(described(found), described(expected)) << "seed " << seed;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& events = found[i].window;
    EXPECT_TRUE(found[i].value == expected[i].value) << "seed " << seed << described({found[i]});
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.back(), found[i].event) << "seed " << seed;
    EXPECT_TRUE(std::ranges::is_sorted(events)) << "seed " << seed;
    EXPECT_TRUE(std::ranges::includes(expected[i].window, events)) << "seed " << seed;
  }
}

struct Made {
  std::vector<sigma::Rule> rules;
  std::vector<Event> events;
  std::vector<ReferenceFinding> expected;
};

Made make(std::uint32_t seed) {
  Random random(seed);
  Made made{rules_of(random), events_of(random), {}};
  std::vector<plan::ReferenceEvent> events;
  for (const Event& event : made.events)
    events.push_back(
        {event.time, event.rules, [&event](std::string_view field) { return event.field(field); }});
  made.expected = plan::correlate(made.rules, events);
  return made;
}

constexpr std::uint32_t kNumCases = 4'000;

TEST(CorrelationAgainstReference, SameFindingsOnRandomEvents) {
  std::size_t num_findings = 0;
  std::map<sigma::CorrelationType, std::size_t> by_type;
  for (std::uint32_t seed = 0; seed < kNumCases && !HasFailure(); ++seed) {
    const Made made = make(seed);
    const plan::CorrelationPlan plan(made.rules);
    detect::Correlator correlator(plan, {}, HashKey{seed});
    std::vector<std::uint64_t> numbers(made.events.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    std::vector<ReferenceFinding> found;
    feed(plan, made.events, 0, made.events.size(), numbers, correlator, found);
    expect_same(made.expected, found, seed);
    num_findings += found.size();
    for (const ReferenceFinding& finding : found)
      ++by_type[made.rules[finding.rule].correlation->type];
  }
  // They meet often enough for the comparison to say something.
  EXPECT_GT(num_findings, kNumCases);
  // Whatever the type.
  EXPECT_EQ(by_type.size(), sigma::correlation_types().size());
  for (const auto& [type, count] : by_type) EXPECT_GT(count, 100U) << sigma::to_string(type);
}

TEST(CorrelationAgainstReference, SameFindingsWhenStoppedAndResumed) {
  for (std::uint32_t seed = 0; seed < kNumCases && !HasFailure(); ++seed) {
    const Made made = make(seed);
    const plan::CorrelationPlan plan(made.rules);
    const std::size_t half = made.events.size() / 2;
    std::vector<std::uint64_t> numbers(made.events.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    std::vector<ReferenceFinding> found;
    detect::Correlator first(plan, {}, HashKey{seed});
    feed(plan, made.events, 0, half, numbers, first, found);
    detect::Remembered remembered = detect::remember(first, made.rules);

    detect::CorrelationState state{first.hash_key(), {"log"}, {}, remembered.correlations};
    state.events.resize(remembered.numbers.size());
    auto read = detect::read_state(detect::write_state(state), "state");
    ASSERT_TRUE(read) << to_string(read.error());
    detect::Correlator second(plan, {}, read->hash_key);
    ASSERT_TRUE(detect::restore(*read, made.rules, second));
    // Remembered events have the numbers 0, 1, ...; new ones follow.
    constexpr std::uint64_t kForgotten = 1'000'000;
    for (std::size_t i = 0; i < half; ++i) {
      const auto at = std::ranges::find(remembered.numbers, i);
      numbers[i] = at == remembered.numbers.end()
                       ? kForgotten + i
                       : static_cast<std::uint64_t>(at - remembered.numbers.begin());
    }
    for (std::size_t i = half; i < numbers.size(); ++i) numbers[i] = remembered.numbers.size() + i;
    feed(plan, made.events, half, made.events.size(), numbers, second, found);
    expect_same(made.expected, found, seed);
  }
}

}  // namespace
}  // namespace nepho
