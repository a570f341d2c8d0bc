// Updates a second of one correlation by the number of groups that come by and the number that it
// may keep: events of made users, each as often as any other, all in one window.
//   build/bench/bench/bench_correlation
// What limits many groups are cache misses: the slot, the group, and its neighbours in the order of
// last use. Memory is measured on the whole program (detect --max-groups), in a process of its own.
#include <benchmark/benchmark.h>

#include <string>

#include "detect/correlator.h"
#include "sigma/load.h"

namespace {

using namespace nepho;

std::vector<sigma::Rule> rules_with(const std::string& lines) {
  auto documents = sigma::parse_documents(
      "title: a\nname: a\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n"
      "title: c\ncorrelation:\n  rules: [a]\n  group-by: [u]\n  timespan: 1d\n" +
          lines,
      "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  return sigma::take_rules(std::move(documents), report);
}

// Spreads numbers well enough for users to come by in no order.
std::uint64_t mixed(std::uint64_t i) { return (i * 0x9E3779B97F4A7C15U) >> 20U; }

void update(benchmark::State& state, const std::string& lines) {
  const auto num_groups = static_cast<std::uint64_t>(state.range(0));
  const auto most_groups = static_cast<std::uint64_t>(state.range(1));
  const auto rules = rules_with(lines);
  const plan::CorrelationPlan plan(rules);
  Limits limits;
  limits.max_groups_per_correlation = most_groups;
  detect::Correlator correlator(plan, limits, HashKey{1});
  std::vector<detect::Correlated> found;
  std::uint64_t number = 0;
  const std::string value = "203.0.113.7";
  // Some at a time, as stream/correlate.cc gives them.
  constexpr std::size_t kAtATime = 16;
  std::vector<std::string> users(kAtATime, "user-00000000");
  std::vector<detect::CorrelationInput> inputs(kAtATime);
  std::vector<detect::CorrelationEvent> events(kAtATime);
  const auto make = [&](std::size_t i, std::uint64_t who) {
    std::string& user = users[i];
    for (std::size_t digit = 0; digit < 8; ++digit, who /= 10)
      user[user.size() - 1 - digit] = static_cast<char>('0' + who % 10);
    inputs[i].columns = {user, value};
    // All of them within the window.
    const Instant time(std::chrono::milliseconds(number / 1'000'000));
    events[i] = {time, number++, {&inputs[i], 1}};
  };
  const auto add = [&] {
    correlator.look_ahead(events);
    for (const auto& event : events) correlator.add(event, found);
  };
  for (std::uint64_t who = 0; who < num_groups; who += kAtATime) {
    for (std::size_t i = 0; i < kAtATime; ++i) make(i, std::min(who + i, num_groups - 1));
    add();
  }
  constexpr std::size_t kSteps = 64;
  for (auto _ : state) {
    for (std::size_t step = 0; step < kSteps; ++step) {
      for (std::size_t i = 0; i < kAtATime; ++i) make(i, mixed(number) % num_groups);
      add();
    }
  }
  state.counters["updates"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * kSteps * kAtATime, benchmark::Counter::kIsRate);
  state.counters["left"] = static_cast<double>(correlator.counters().groups_left);
}

void event_count(benchmark::State& state) {
  update(state, "  type: event_count\n  condition: {gte: 100}\n");
}
void value_count(benchmark::State& state) {
  update(state, "  type: value_count\n  condition: {field: n, gte: 5}\n");
}

BENCHMARK(event_count)
    ->Args({10'000, 1'000'000})
    ->Args({1'000'000, 1'000'000})
    ->Args({10'000'000, 1'000'000})
    ->Args({10'000'000, 10'000'000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(value_count)
    ->Args({10'000, 1'000'000})
    ->Args({1'000'000, 1'000'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
