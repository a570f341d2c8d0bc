// Whatever the bytes of a state file: it is refused with its name and a way out, or it is gone on
// with. A state that is gone on with can be kept, and read again to the same bytes, also after more
// events.
//
// The first byte chooses where the rest goes: the file as it is; behind a header whose checksum is
// right, which no fuzzer finds by itself; or the groups of one correlation in a state that is
// otherwise ours.
#include "detect/correlation_state.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "detect/correlator.h"
#include "sigma/digest.h"
#include "sigma/load.h"

namespace {

using namespace nepho;
using detect::CorrelationState;
using detect::Correlator;

// One correlation of each form that a group's memory has.
const std::vector<sigma::Rule>& rules() {
  static const std::vector<sigma::Rule> parsed = [] {
    std::string yaml =
        "title: a\nname: a\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n"
        "title: b\nname: b\nlogsource: {product: aws}\ndetection: {s: {f: 2}, condition: s}\n";
    int number = 0;
    for (const char* lines :
         {"type: event_count, condition: {gte: 3}",
          "type: value_count, condition: {field: n, gte: 3}", "type: temporal",
          "type: temporal_ordered", "type: temporal_ordered, condition: a and not b",
          "type: value_sum, condition: {field: n, gte: 9}",
          "type: value_percentile, condition: {field: n, percentile: 9, gte: 9}",
          "type: x_new_value, field: n, x_memory: 2h",
          "type: x_burst, field: n, x_denials: 0.5, x_denied: n, condition: {gte: 3}",
          "type: x_volume, x_minimum: 1, condition: {gte: 2}",
          "type: x_rare, field: n, x_minimum: 1, condition: {lt: 0.5}",
          "type: x_velocity, field: [n, n], condition: {gt: 9}"})
      yaml += "---\ntitle: t\nid: id-" + std::to_string(number++) +
              "\ncorrelation: {rules: [a, b], group-by: [u], timespan: 1h, " + lines + "}\n";
    auto documents = sigma::parse_documents(yaml, "r.yml", {});
    sigma::link_documents(documents, {});
    LoadReport report;
    auto all = sigma::take_rules(std::move(documents), report);
    CHECK(!report.has_errors());
    return all;
  }();
  return parsed;
}

const plan::CorrelationPlan& correlations() {
  static const plan::CorrelationPlan plan(rules());
  return plan;
}

Limits limits() {
  Limits limits;
  limits.max_groups_per_correlation = 50;  // met soon
  limits.max_values_per_group = 20;
  return limits;
}

// Some events at the end of time as the state knows it, and at its beginning.
void add_events(Correlator& correlator, std::uint64_t first_number, std::int64_t from) {
  std::vector<detect::Correlated> found;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const std::string user(i % 4, 'u');
    const std::string number = std::to_string(i * i);
    const detect::CorrelationInput input{i % 3 == 0 ? 1U : 0U, {user, number, number}};
    const Instant time{std::chrono::nanoseconds(from + static_cast<std::int64_t>(i) * 1'000'000)};
    correlator.add({time, first_number + i, {&input, 1}}, found);
  }
}

// What a run that ended now would keep.
CorrelationState kept(Correlator& correlator, std::size_t num_events) {
  auto remembered = detect::remember(correlator, rules());
  CorrelationState state{correlator.hash_key(), {"log"}, {}, std::move(remembered.correlations)};
  for (const std::uint64_t number : remembered.numbers) {
    CHECK(number < num_events);
    state.events.push_back({{number, number}, 0, number, number, number});
  }
  return state;
}

void check_refusal(const Error& error) {
  CHECK(error.code == detect::kNotState || error.code == detect::kStateVersion ||
        error.code == detect::kCorruptState);
  CHECK(!error.message.empty() && !error.hint.empty());
}

// Kept and read again it is the same.
void check_kept(Correlator& correlator, std::size_t num_events) {
  const std::string bytes = detect::write_state(kept(correlator, num_events));
  const auto read = detect::read_state(bytes, "state");
  CHECK(read.has_value());
  Correlator again(correlations(), limits(), read->hash_key);
  CHECK(detect::restore(*read, rules(), again).has_value());
  CorrelationState twice = kept(again, read->events.size());
  twice.events = read->events;  // the same numbers, all of them in use
  CHECK(detect::write_state(twice) == bytes);
}

void go_on_with(const CorrelationState& state) {
  Correlator correlator(correlations(), limits(), state.hash_key);
  if (const auto restored = detect::restore(state, rules(), correlator); !restored) {
    check_refusal(restored.error());
    return;
  }
  const std::uint64_t num_events = state.events.size();
  check_kept(correlator, num_events);
  constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kNow = 1'700'000'000'000'000'000;
  add_events(correlator, num_events, kNow);
  add_events(correlator, num_events + 12, kLatest - 100'000'000);
  check_kept(correlator, num_events + 24);
}

// A state of ours in which one correlation's groups are these.
CorrelationState with_groups(std::size_t which, std::string_view groups) {
  Correlator correlator(correlations(), limits(), HashKey{7});
  add_events(correlator, 0, 1'700'000'000'000'000'000);
  CorrelationState state = kept(correlator, 12);
  auto& chosen = state.correlations[which % state.correlations.size()];
  chosen.groups = groups;
  chosen.num_groups = 1 + which / state.correlations.size();
  constexpr std::int64_t kHour = 3'600'000'000'000;
  chosen.now += kHour;  // the seeds' last events are some minutes later
  return state;
}

std::string with_header(std::string_view payload) {
  std::string bytes("NEPHOSTA\1\0\0\0", 12);
  const Hash128 checksum = hash128(payload);
  bytes.append(reinterpret_cast<const char*>(&checksum.high), sizeof checksum.high);
  bytes.append(reinterpret_cast<const char*>(&checksum.low), sizeof checksum.low);
  return bytes.append(payload);
}

void look_at(const std::string& bytes) {
  const auto read = detect::read_state(bytes, "state");
  if (!read) {
    check_refusal(read.error());
    CHECK(read.error().place.file == "state");
    return;
  }
  CHECK(detect::write_state(*read) == bytes);
  go_on_with(*read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 0: look_at(std::string(rest)); break;
    case 1: look_at(with_header(rest)); break;
    default: go_on_with(with_groups(data[0] - 2U, rest));
  }
  return 0;
}
