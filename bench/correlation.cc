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
  std::string user = "user-00000000";
  const std::string value = "203.0.113.7";
  const auto step = [&](std::uint64_t who) {
    for (std::size_t digit = 0; digit < 8; ++digit, who /= 10)
      user[user.size() - 1 - digit] = static_cast<char>('0' + who % 10);
    const detect::CorrelationInput input{0, {user, value}};
    // All of them within the window.
    const Instant time(std::chrono::milliseconds(number / 1'000'000));
    correlator.add({time, number, {&input, 1}}, found);
    ++number;
  };
  for (std::uint64_t i = 0; i < num_groups; ++i) step(i);
  for (auto _ : state) {
    for (int i = 0; i < 1'000; ++i) step(mixed(number) % num_groups);
  }
  state.counters["updates"] = benchmark::Counter(static_cast<double>(state.iterations()) * 1'000,
                                                 benchmark::Counter::kIsRate);
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
