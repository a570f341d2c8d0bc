// The bounds of the correlator and what is late; what it finds is held against the reference in
// tests/property/correlation_test.cc.
#include "detect/correlator.h"

#include <gtest/gtest.h>

#include "sigma/load.h"

namespace nepho::detect {
namespace {

std::vector<sigma::Rule> rules_with(const std::string& lines) {
  auto documents = sigma::parse_documents(
      "title: a\nname: a\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n"
      "title: c\ncorrelation:\n  rules: [a]\n  group-by: [u]\n  timespan: 10s\n" +
          lines,
      "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  auto rules = sigma::take_rules(std::move(documents), report);
  EXPECT_EQ(rules.size(), 2U);
  return rules;
}

class OneCorrelation {
 public:
  explicit OneCorrelation(const std::string& lines, const Limits& limits = {})
      : rules_(rules_with(lines)), plan_(rules_), correlator_(plan_, limits, HashKey{1}) {}

  // Whether the event completes the correlation.
  bool add(int second, const std::string& user, const std::string& number = "1") {
    const CorrelationInput input{0, {user, number}};
    const CorrelationEvent event{Instant(std::chrono::seconds(second)), next_++, {&input, 1}};
    found_.clear();
    if (looks_ahead_) correlator_.look_ahead({&event, 1});
    correlator_.add(event, found_);
    return !found_.empty();
  }
  void look_ahead() { looks_ahead_ = true; }
  const Correlated& found() const { return found_.at(0); }
  CorrelationCounters counters() const { return correlator_.counters(); }

 private:
  std::vector<sigma::Rule> rules_;
  plan::CorrelationPlan plan_;
  Correlator correlator_;
  std::vector<Correlated> found_;
  std::uint64_t next_ = 0;
  bool looks_ahead_ = false;
};

constexpr const char* kTwo = "  type: event_count\n  condition: {gte: 2}\n";

TEST(Correlator, NamesTheEventsBehindAFinding) {
  OneCorrelation correlation("  type: event_count\n  condition: {gte: 3}\n");
  correlation.add(0, "x");
  correlation.add(1, "y");
  correlation.add(2, "x");
  ASSERT_TRUE(correlation.add(3, "x"));
  EXPECT_EQ(correlation.found().events, (std::vector<std::uint64_t>{0, 2, 3}));
  EXPECT_EQ(correlation.found().group[0], "x");
}

TEST(Correlator, AFindingNamesNoMoreEventsThanItMay) {
  Limits limits;
  limits.max_events_per_finding = 3;
  OneCorrelation correlation("  type: event_count\n  condition: {gte: 5}\n", limits);
  for (int i = 0; i < 4; ++i) correlation.add(i, "x");
  ASSERT_TRUE(correlation.add(4, "x"));
  EXPECT_EQ(correlation.found().events, (std::vector<std::uint64_t>{2, 3, 4}));
}

TEST(Correlator, TheGroupThatWasQuietLongestLeavesAndIsCounted) {
  Limits limits;
  limits.max_groups_per_correlation = 2;
  OneCorrelation correlation(kTwo, limits);
  correlation.add(0, "x");
  correlation.add(1, "y");
  correlation.add(2, "z");
  EXPECT_EQ(correlation.counters().groups_left, 1U);
  EXPECT_TRUE(correlation.add(3, "y"));
  EXPECT_FALSE(correlation.add(3, "x"));
}

TEST(Correlator, AGroupWhoseWindowRanEmptyLeavesUncounted) {
  Limits limits;
  limits.max_groups_per_correlation = 1;
  OneCorrelation correlation(kTwo, limits);
  correlation.add(0, "x");
  correlation.add(11, "y");
  EXPECT_EQ(correlation.counters().groups_left, 0U);
}

TEST(Correlator, ValuesBeyondTheBoundLeaveAndAreCounted) {
  Limits limits;
  limits.max_values_per_group = 2;
  OneCorrelation correlation("  type: value_sum\n  condition: {field: n, gte: 3}\n", limits);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(correlation.add(i, "x"));
  EXPECT_EQ(correlation.counters().values_left, 1U);
}

TEST(Correlator, AGroupThatIsRememberedForEverLeavesCounted) {
  Limits limits;
  limits.max_groups_per_correlation = 1;
  OneCorrelation correlation("  type: x_new_value\n  field: n\n", limits);
  correlation.add(0, "x");
  correlation.add(1'000, "y");
  EXPECT_EQ(correlation.counters().groups_left, 1U);
}

TEST(Correlator, AKnownValueThatWasPushedOutIsCountedAndLooksNew) {
  Limits limits;
  limits.max_values_per_group = 2;
  OneCorrelation correlation("  type: x_new_value\n  field: n\n", limits);
  correlation.add(0, "x", "1");
  correlation.add(1, "x", "2");
  EXPECT_TRUE(correlation.add(20, "x", "3"));
  EXPECT_EQ(correlation.counters().values_left, 1U);
  EXPECT_FALSE(correlation.add(21, "x", "2"));
  EXPECT_TRUE(correlation.add(22, "x", "1"));
}

// Enough groups for looking ahead to be of use; every third comes twice.
TEST(Correlator, LookingAheadChangesNothing) {
  OneCorrelation plain(kTwo);
  OneCorrelation ahead(kTwo);
  ahead.look_ahead();
  int num_found = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string user = std::to_string(i % 3 == 0 ? i / 6 * 6 : i);
    const bool completes = plain.add(0, user);
    num_found += completes ? 1 : 0;
    ASSERT_EQ(ahead.add(0, user), completes);
    if (completes) {
      ASSERT_EQ(ahead.found().events, plain.found().events);
    }
  }
  EXPECT_EQ(num_found, 10'000);
}

TEST(Correlator, ALateEventCountsAsIfItHadComeWithTheLatest) {
  OneCorrelation correlation(kTwo);
  correlation.add(20, "x");
  EXPECT_TRUE(correlation.add(5, "x"));
  EXPECT_EQ(correlation.counters().late, 1U);
  EXPECT_FALSE(correlation.add(6, "y"));  // a group of its own is not late
  EXPECT_EQ(correlation.counters().late, 1U);
}

}  // namespace
}  // namespace nepho::detect
