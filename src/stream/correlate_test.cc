// Correlations over a whole run: neither threads, nor the cut into files, nor a stop in the middle
// may show in what is found.
#include "stream/correlate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/knowledge.h"
#include "sigma/load.h"
#include "stream/run.h"
#include "tests/support/program.h"

namespace nepho::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRules = R"(title: a failed sign-in
name: failed
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: ConsoleLogin, errorMessage: Failed authentication}, condition: s}
---
title: a sign-in
name: signed_in
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: ConsoleLogin, responseElements.ConsoleLogin: Success}, condition: s}
---
title: many failed
id: 0a1b2c3d-0000-4000-8000-000000000001
name: many_failed
correlation:
  type: event_count
  rules: [failed]
  group-by: [sourceIPAddress]
  timespan: 1m
  condition: {gte: 3}
---
title: many users
id: 0a1b2c3d-0000-4000-8000-000000000002
correlation:
  type: value_count
  rules: [failed]
  group-by: [sourceIPAddress]
  timespan: 2m
  condition: {field: userIdentity.userName, gte: 4}
---
title: and then in
id: 0a1b2c3d-0000-4000-8000-000000000003
correlation:
  type: temporal_ordered
  rules: [many_failed, signed_in]
  group-by: [sourceIPAddress]
  timespan: 5m
)";

std::string sign_in(unsigned second, unsigned address, unsigned user, bool works, unsigned id) {
  return fmt::format(
      R"({{"eventVersion":"1.08","userIdentity":{{"type":"IAMUser","userName":"u{}"}},)"
      R"("eventTime":"2026-03-01T{:02}:{:02}:{:02}Z","eventSource":"signin.amazonaws.com",)"
      R"("eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.{}",)"
      R"("eventID":"e{}",{}}})",
      user, 10 + second / 3600, second / 60 % 60, second % 60, address, id,
      works ? R"("responseElements":{"ConsoleLogin":"Success"})"
            : R"("errorMessage":"Failed authentication")");
}

class CorrelatedRun : public testing::Test {
 protected:
  CorrelatedRun() : sources_(event::LogSources::load(knowledge_, report_)) {
    auto documents = sigma::parse_documents(kRules, "r.yml", {});
    sigma::link_documents(documents, {});
    rules_ = sigma::take_rules(std::move(documents), report_);
    EXPECT_THAT(rules_, SizeIs(5));
    plan_.emplace(rules_, sources_, plan::PlanOptions{});
  }

  RunResult run_on(const std::vector<std::string>& files, RunOptions options = {}) const {
    return run(*plan_, files, options);
  }

  // What holds whatever the files are called, sorted.
  static std::vector<std::string> ids(const RunResult& result) {
    std::vector<std::string> ids;
    for (const detect::Finding& finding : result.findings) ids.push_back(to_hex(finding.id));
    std::ranges::sort(ids);
    return ids;
  }

  // All that is said of a finding, in their order.
  static std::string told(const RunResult& result) {
    std::string text;
    for (const detect::Finding& finding : result.findings) {
      text += fmt::format("{} {} {}:{}", to_hex(finding.id), finding.match.rule,
                          finding.match.place.file, finding.match.place.line);
      for (const auto& event : finding.correlation->earlier)
        text +=
            fmt::format(" {}:{}@{} number {}", event.file, event.line, event.offset, event.index);
      text += '\n';
    }
    return text;
  }

  static std::vector<std::string> lines_of(std::size_t num_lines, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < num_lines; ++i) {
      const auto second = static_cast<unsigned>(i * 5'000 / num_lines);
      const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
      lines.push_back(
          sign_in(second, below(20), below(9), below(6) == 0, static_cast<unsigned>(i)) + "\n");
    }
    return lines;
  }

  static std::string joined(std::span<const std::string> lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
  std::vector<sigma::Rule> rules_;
  std::optional<plan::Plan> plan_;
  tests::TemporaryFolder folder_;
};

TEST_F(CorrelatedRun, FindsTheGroupWithItsEvents) {
  std::string text;
  for (unsigned i = 0; i < 3; ++i) text += sign_in(10 * i, 7, 1, false, i) + "\n";
  text += sign_in(40, 8, 1, true, 10) + "\n" + sign_in(50, 7, 1, true, 11) + "\n";
  const RunResult result = run_on({folder_.write("log.json", text)});
  ASSERT_THAT(result.findings, SizeIs(2));
  const detect::Finding& many = result.findings[0];
  EXPECT_EQ(rules_[many.match.rule].name, "many_failed");
  EXPECT_EQ(many.match.place.line, 3U);
  EXPECT_THAT(many.correlation->group, ElementsAre(std::optional<std::string>("203.0.113.7")));
  ASSERT_THAT(many.correlation->earlier, SizeIs(2));
  EXPECT_EQ(many.correlation->earlier[0].line, 1U);
  EXPECT_EQ(many.correlation->earlier[1].index, 1U);
  const detect::Finding& in = result.findings[1];
  EXPECT_EQ(rules_[in.match.rule].title, "and then in");
  EXPECT_EQ(in.match.place.line, 5U);
  EXPECT_EQ(in.correlation->earlier.at(0).line, 3U);
  EXPECT_EQ(result.correlation.matches, 5U);
}

TEST_F(CorrelatedRun, EventsOutOfOrderAreSorted) {
  const std::string text = sign_in(20, 7, 1, false, 2) + "\n" + sign_in(0, 7, 1, false, 0) + "\n" +
                           sign_in(10, 7, 1, false, 1) + "\n";
  const RunResult result = run_on({folder_.write("log.json", text)});
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].match.place.line, 1U);
  EXPECT_EQ(result.findings[0].correlation->earlier.at(0).line, 2U);
  EXPECT_EQ(result.correlation.counters.late, 0U);
}

TEST_F(CorrelatedRun, CopiesOfAnEventCountOnce) {
  const std::string event = sign_in(0, 7, 1, false, 1) + "\n";
  const std::string file = folder_.write("log.json", event + event + event);
  EXPECT_THAT(run_on({file}).findings, IsEmpty());
  RunOptions keep;
  keep.drop_duplicates = false;
  EXPECT_THAT(run_on({file}, keep).findings, SizeIs(1));
}

TEST_F(CorrelatedRun, ThreadsLeaveNoTrace) {
  std::vector<std::string> files;
  for (std::uint32_t i = 0; i < 3; ++i)
    files.push_back(folder_.write(fmt::format("{}.json", i), joined(lines_of(6'000, i))));
  const std::string alone = told(run_on(files));
  EXPECT_GT(std::ranges::count(alone, '\n'), 50);
  for (const std::size_t num_threads : {2, 8}) {
    RunOptions options;
    options.num_threads = num_threads;
    EXPECT_EQ(told(run_on(files, options)), alone) << num_threads;
  }
}

TEST_F(CorrelatedRun, TheCutIntoFilesLeavesNoTrace) {
  const auto lines = lines_of(5'000, 9);
  const auto whole = ids(run_on({folder_.write("whole.json", joined(lines))}));
  EXPECT_GT(whole.size(), 50U);
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < 100; ++i)
    pieces.push_back(folder_.write(fmt::format("piece{:03}.json", i),
                                   joined(std::span(lines).subspan(50 * i, 50))));
  EXPECT_EQ(ids(run_on(pieces)), whole);
}

TEST_F(CorrelatedRun, AStopInTheMiddleLeavesNoTrace) {
  const auto lines = lines_of(5'000, 10);
  const auto whole = ids(run_on({folder_.write("whole.json", joined(lines))}));
  for (const std::size_t cut : {1U, 1'000U, 2'500U, 4'999U}) {
    detect::CorrelationState state;
    RunOptions options;
    options.state = &state;
    auto found =
        ids(run_on({folder_.write("first.json", joined(std::span(lines).first(cut)))}, options));
    auto read = detect::read_state(detect::write_state(state), "state");
    ASSERT_TRUE(read);
    options.state = &*read;
    const std::string second = folder_.write("second.json", joined(std::span(lines).subspan(cut)));
    const RunResult resumed = run_on({second}, options);
    std::ranges::copy(ids(resumed), std::back_inserter(found));
    std::ranges::sort(found);
    EXPECT_EQ(found, whole) << cut;
    for (const detect::Finding& finding : resumed.findings) {
      for (const auto& event : finding.correlation->earlier)
        EXPECT_LT(event.file, 1 + resumed.earlier_files.size());
    }
  }
}

TEST_F(CorrelatedRun, MoreGroupsThanTheBoundAreCounted) {
  std::string text;
  for (unsigned i = 0; i < 60; ++i) text += sign_in(i / 4, i % 20, 1, false, i) + "\n";
  const std::string file = folder_.write("log.json", text);
  EXPECT_THAT(run_on({file}).findings, SizeIs(20));
  RunOptions tight;
  tight.limits.max_groups_per_correlation = 10;
  const RunResult result = run_on({file}, tight);
  EXPECT_THAT(result.findings, IsEmpty());
  // Twice each, in two correlations of their own tables, ten stay: (60 - 10) + (60 - 10).
  EXPECT_EQ(result.correlation.counters.groups_left, 100U);
}

TEST_F(CorrelatedRun, EventsWithoutATimeAreCounted) {
  std::string text = sign_in(0, 7, 1, false, 1) + "\n";
  text.replace(text.find("2026-03-01T10:00:00Z"), 20, "not long ago, really");
  const RunResult result = run_on({folder_.write("log.json", text)});
  EXPECT_EQ(result.correlation.untimed, 1U);
  EXPECT_EQ(result.correlation.matches, 0U);
}

TEST_F(CorrelatedRun, AFloodOfFindingsIsFoldedButNeverTheFirstOfAGroup) {
  std::string text;
  unsigned id = 0;
  // Ten bursts of one address, apart from each other, and one of another address at the end.
  for (unsigned burst = 0; burst < 10; ++burst) {
    for (unsigned i = 0; i < 3; ++i) text += sign_in(300 * burst + i, 7, 1, false, id++) + "\n";
  }
  for (unsigned i = 0; i < 3; ++i) text += sign_in(4'000 + i, 8, 1, false, id++) + "\n";
  const std::string file = folder_.write("log.json", text);
  EXPECT_THAT(run_on({file}).findings, SizeIs(11));
  RunOptions options;
  options.fold = 4;
  const RunResult folded = run_on({file}, options);
  ASSERT_THAT(folded.findings, SizeIs(5));
  EXPECT_EQ(folded.findings[3].count, 7U);  // itself and six more
  EXPECT_EQ(folded.findings[4].correlation->group[0], "203.0.113.8");
}

TEST_F(CorrelatedRun, FoldingDoesNotTouchWhatCorrelationsSee) {
  std::string text;
  for (unsigned i = 0; i < 200; ++i) text += sign_in(i, i % 3, 1, false, i) + "\n";
  const std::string file = folder_.write("log.json", text);
  RunOptions folded;
  folded.fold = 1;
  EXPECT_EQ(ids(run_on({file}, folded)), ids(run_on({file})));
}

}  // namespace
}  // namespace nepho::stream
