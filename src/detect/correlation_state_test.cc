#include "detect/correlation_state.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <random>

#include "sigma/load.h"

namespace nepho::detect {
namespace {

std::vector<sigma::Rule> rules() {
  std::string yaml =
      "title: a\nname: a\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n"
      "title: b\nname: b\nlogsource: {product: aws}\ndetection: {s: {f: 2}, condition: s}\n";
  for (const char* lines :
       {"type: event_count, condition: {gte: 9}",
        "type: value_count, condition: {field: n, gte: 9}", "type: temporal",
        "type: temporal_ordered", "type: value_sum, condition: {field: n, gte: 99}",
        "type: value_percentile, condition: {field: n, percentile: 9, gte: 99}",
        "type: x_new_value, field: n, x_memory: 2h",
        "type: x_burst, field: n, x_denials: 0.5, x_denied: n, condition: {gte: 99}",
        "type: x_volume, condition: {gte: 99}", "type: x_rare, field: n, condition: {lt: 0.1}",
        "type: x_velocity, field: [n, n], condition: {gt: 900000}"})
    yaml += "---\ntitle: t\nid: id-" + std::to_string(yaml.size()) +
            "\ncorrelation: {rules: [a, b], group-by: [u], timespan: 1h, " + lines + "}\n";
  auto documents = sigma::parse_documents(yaml, "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  return sigma::take_rules(std::move(documents), report);
}

// A state with groups of every type.
CorrelationState sample(const std::vector<sigma::Rule>& rules, const plan::CorrelationPlan& plan) {
  Correlator correlator(plan, {}, HashKey{77});
  std::vector<Correlated> found;
  for (std::uint64_t i = 0; i < 30; ++i) {
    const std::string user = std::to_string(i % 4);
    const std::string number = std::to_string(i);
    const std::uint32_t base = i % 3 == 0 ? 1 : 0;
    const CorrelationInput input{base, {user, number}};
    correlator.add({Instant(std::chrono::seconds(i)), i, {&input, 1}}, found);
  }
  Remembered remembered = remember(correlator, rules);
  CorrelationState state{correlator.hash_key(), {"a.json", "b.json"}, {}, remembered.correlations};
  for (const std::uint64_t number : remembered.numbers)
    state.events.push_back({{number, 1}, 1, number + 1, 10 * number, number});
  return state;
}

class StateOfCorrelations : public testing::Test {
 protected:
  std::vector<sigma::Rule> rules_ = rules();
  plan::CorrelationPlan plan_{rules_};
  CorrelationState state_ = sample(rules_, plan_);
};

TEST_F(StateOfCorrelations, IsReadBackAsItWas) {
  ASSERT_EQ(plan_.nodes().size(), 11U);
  const std::string bytes = write_state(state_);
  const auto read = read_state(bytes, "s");
  ASSERT_TRUE(read);
  EXPECT_EQ(write_state(*read), bytes);
  Correlator correlator(plan_, {}, read->hash_key);
  ASSERT_TRUE(restore(*read, rules_, correlator));
  const Remembered again = remember(correlator, rules_);
  ASSERT_EQ(again.correlations.size(), state_.correlations.size());
  for (std::size_t i = 0; i < again.correlations.size(); ++i) {
    EXPECT_EQ(again.correlations[i].num_groups, 4U);
    EXPECT_EQ(again.correlations[i].groups, state_.correlations[i].groups) << i;
  }
}

TEST_F(StateOfCorrelations, OtherFilesAndVersionsAreToldApart) {
  EXPECT_EQ(read_state("", "s").error().code, kNotState);
  EXPECT_EQ(read_state("{}", "s").error().code, kNotState);
  std::string bytes = write_state(state_);
  bytes[8] = 2;
  EXPECT_EQ(read_state(bytes, "s").error().code, kStateVersion);
  EXPECT_EQ(read_state(bytes.substr(0, 9), "s").error().code, kCorruptState);
}

TEST_F(StateOfCorrelations, EveryChangedByteIsNoticed) {
  const std::string bytes = write_state(state_);
  for (std::size_t at = 12; at < bytes.size(); ++at) {
    std::string bad = bytes;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    ASSERT_FALSE(read_state(bad, "s")) << at;
  }
  for (std::size_t size = 8; size < bytes.size(); size += 7)
    ASSERT_FALSE(read_state(bytes.substr(0, size), "s")) << size;
}

TEST_F(StateOfCorrelations, AChangedRuleBeginsAnew) {
  for (RememberedCorrelation& correlation : state_.correlations) correlation.digest = "another";
  Correlator correlator(plan_, {}, HashKey{77});
  ASSERT_TRUE(restore(state_, rules_, correlator));
  for (const RememberedCorrelation& correlation : remember(correlator, rules_).correlations)
    EXPECT_EQ(correlation.num_groups, 0U);
}

// Sums of such numbers, and times between such events, would overflow.
TEST_F(StateOfCorrelations, WhatNoRunCanHaveWrittenIsRefused) {
  constexpr std::size_t kSum = 4;  // of the correlations of rules(): value_sum
  // A key of one byte, the last time, a flag and a length stand before the first event.
  constexpr std::size_t kLast = 8 + 1;
  constexpr std::size_t kLength = kLast + 8 + 1;
  constexpr std::size_t kTime = kLength + 8;
  constexpr std::size_t kAmount = kTime + 8 + 8;
  const auto is_refused = [&](std::size_t at, std::int64_t value) {
    CorrelationState bad = state_;
    std::memcpy(bad.correlations[kSum].groups.data() + at, &value, sizeof value);
    Correlator correlator(plan_, {}, bad.hash_key);
    return !restore(bad, rules_, correlator);
  };
  EXPECT_FALSE(is_refused(kAmount, 5'000'000));
  EXPECT_TRUE(is_refused(kAmount + 8, std::numeric_limits<std::int64_t>::max()));
  EXPECT_TRUE(is_refused(kAmount + 8, std::numeric_limits<std::int64_t>::min()));
  EXPECT_TRUE(is_refused(kTime, std::numeric_limits<std::int64_t>::max()));
  EXPECT_TRUE(is_refused(kLast, std::numeric_limits<std::int64_t>::max()));
  EXPECT_TRUE(is_refused(kLength, 100'001));
}

// Somebody may make a file whose checksum is right: it is refused or gone on with, and never read
// past its end.
TEST_F(StateOfCorrelations, MadeUpGroupsAreRefusedOrHarmless) {
  std::mt19937 random(5);
  std::size_t num_refused = 0;
  for (int round = 0; round < 3'000; ++round) {
    CorrelationState bad = state_;
    std::string& groups = bad.correlations[random() % bad.correlations.size()].groups;
    for (unsigned i = 0; i <= random() % 3; ++i)
      groups[random() % groups.size()] = static_cast<char>(random());
    if (random() % 4 == 0) groups.resize(random() % groups.size());
    Correlator correlator(plan_, {}, bad.hash_key);
    if (!restore(bad, rules_, correlator)) {
      ++num_refused;
      continue;
    }
    std::vector<Correlated> found;
    for (std::uint64_t i = 0; i < 12; ++i) {
      const std::string user = std::to_string(i % 4);
      const CorrelationInput input{i % 2 == 0 ? 0U : 1U, {user, "99"}};
      correlator.add({Instant(std::chrono::seconds(30 + i)), 1'000 + i, {&input, 1}}, found);
    }
  }
  EXPECT_GT(num_refused, 100U);
}

}  // namespace
}  // namespace nepho::detect
