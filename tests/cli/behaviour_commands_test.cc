// Correlations of our own types as a user meets them: whatever the order of the log, the number of
// threads and the cut into runs, the same findings.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;

class Behaviour : public testing::Test {
 protected:
  // Rules with one correlation, whose lines these are.
  std::string rules(const std::string& lines) const {
    return folder_.write("rules.yml",
                         "title: A call\nname: call\nlogsource: {product: app}\n"
                         "detection: {s: {event: call}, condition: s}\n---\n"
                         "title: It stands out\nid: 0a1b2c3d-0000-4000-8000-000000000002\n"
                         "correlation:\n  rules: [call]\n  group-by: [user]\n" +
                             lines);
  }

  // A line of the log, `minute` minutes after the first of March.
  static std::string call(int minute, const std::string& user, const std::string& fields) {
    return fmt::format(R"({{"ts":"2026-03-{:02}T{:02}:{:02}:00Z","event":"call","user":"{}",{}}})"
                       "\n",
                       1 + minute / 1440, minute / 60 % 24, minute % 60, user, fields);
  }

  // "time user" of every finding of the last file of the run, by time.
  std::vector<std::string> detect(const std::string& rules, std::vector<std::string> more) const {
    std::vector<std::string> words{"detect",   "--rules", rules,        "--time-field",      "ts",
                                   "--format", "ndjson",  "--no-event", "--ignore-logsource"};
    words.insert(words.end(), more.begin(), more.end());
    const auto run = run_nepho(words, {.folder = folder_.path()});
    EXPECT_LT(run.exit_code, 2) << run.err;
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < run.out.size();) {
      const std::size_t end = run.out.find('\n', begin);
      const auto document = text::JsonDocument::parse(run.out.substr(begin, end - begin));
      const auto& finding = document->root();
      found.push_back(std::string(finding.string_at("time")) + " " +
                      std::string(finding.find("group")->string_at("user")));
      begin = end + 1;
    }
    std::ranges::sort(found);
    return found;
  }

  // The same findings from the log in its order, backwards, on several threads, and in two runs
  // that a state joins.
  void expect_findings(const std::string& lines, const std::vector<std::string>& log,
                       const std::vector<std::string>& expected) const {
    const std::string rule = rules(lines);
    const auto joined = [](auto begin, auto end) {
      std::string text;
      for (; begin != end; ++begin) text += *begin;
      return text;
    };
    const std::string forward = folder_.write("forward.json", joined(log.begin(), log.end()));
    const std::string back = folder_.write("back.json", joined(log.rbegin(), log.rend()));
    EXPECT_EQ(detect(rule, {forward}), expected);
    EXPECT_EQ(detect(rule, {back}), expected) << "backwards";
    EXPECT_EQ(detect(rule, {"--jobs", "4", forward}), expected) << "four threads";
    for (const std::size_t cut : {log.size() / 4, log.size() / 2, log.size() - 1}) {
      const auto middle = log.begin() + static_cast<std::ptrdiff_t>(cut);
      const std::string first = folder_.write("first.json", joined(log.begin(), middle));
      const std::string second = folder_.write("second.json", joined(middle, log.end()));
      EXPECT_EQ(detect(rule, {first, second}), expected) << "two files, cut at " << cut;
      const std::string state = (folder_.path() / ("state" + std::to_string(cut))).string();
      auto found = detect(rule, {"--state", state, first});
      std::ranges::copy(detect(rule, {"--state", state, second}), std::back_inserter(found));
      EXPECT_EQ(found, expected) << "two runs, cut at " << cut;
    }
  }

  TemporaryFolder folder_;
};

TEST_F(Behaviour, ANewValueAfterTheTimeOfLearning) {
  std::vector<std::string> log;
  for (int minute = 0; minute < 60; ++minute)
    log.push_back(call(minute, "alice", minute % 2 == 0 ? R"("region":"a")" : R"("region":"b")"));
  log.push_back(call(60, "alice", R"("region":"c")"));
  log.push_back(call(60, "bob", R"("region":"c")"));
  log.push_back(call(61, "alice", R"("region":"C")"));
  log.push_back(call(62, "alice", R"("other":"d")"));
  log.push_back(call(63, "alice", R"("region":"a")"));  // known, if only from the run before
  expect_findings("  type: x_new_value\n  timespan: 1h\n  field: region\n", log,
                  {"2026-03-01T01:00:00Z alice"});
}

TEST_F(Behaviour, ABurstOfDifferentCallsOfWhichHalfAreDenied) {
  std::vector<std::string> log;
  for (int i = 0; i < 8; ++i)  // the same few calls: no burst
    log.push_back(call(i, "bob", fmt::format(R"("name":"List{}","error":"Denied")", i % 3)));
  for (int i = 0; i < 8; ++i)  // none denied: an inventory
    log.push_back(call(10 + i, "carol", fmt::format(R"("name":"List{}")", i)));
  for (int i = 0; i < 8; ++i)  // slowly: never five in the window
    log.push_back(call(100 + 3 * i, "dave", fmt::format(R"("name":"List{}","error":"x")", i)));
  for (int i = 0; i < 8; ++i)
    log.push_back(call(200 + i, "alice",
                       fmt::format(R"("name":"List{}"{})", i, i >= 3 ? R"(,"error":"x")" : "")));
  // At the sixth call 3 of 6 are denied, and it is within ten minutes of the first.
  expect_findings(
      "  type: x_burst\n  timespan: 10m\n  field: name\n  condition: {gte: 5}\n"
      "  x_denials: 0.5\n  x_denied: error\n",
      log, {"2026-03-01T03:25:00Z alice"});
}

TEST_F(Behaviour, AVolumeFarAboveThatOfTheHoursBefore) {
  std::vector<std::string> log;
  for (int hour = 0; hour < 30; ++hour) {
    const int count = hour == 27 ? 20 : 2;  // the eleventh of them is found
    for (int i = 0; i < count; ++i) log.push_back(call(60 * hour + i, "alice", R"("n":1)"));
    for (int i = 0; i < 20; ++i) log.push_back(call(60 * hour + i, "bob", R"("n":1)"));
  }
  expect_findings("  type: x_volume\n  timespan: 1h\n  condition: {gte: 6}\n", log,
                  {"2026-03-02T03:10:00Z alice"});
}

TEST_F(Behaviour, AValueThatIsRareForItsUser) {
  std::vector<std::string> log;
  for (int i = 0; i < 120; ++i) {
    const char* agent = i == 60 || i == 110 || i == 111 ? R"("agent":"curl")" : R"("agent":"cli")";
    log.push_back(call(i, "alice", agent));
  }
  // At 60 too few are known; at 110 it is 1 of 110, and 111 is of the same row.
  expect_findings(
      "  type: x_rare\n  timespan: 10m\n  field: agent\n  condition: {lt: 0.02}\n"
      "  x_minimum: 61\n",
      log, {"2026-03-01T01:50:00Z alice"});
}

TEST_F(Behaviour, TwoPlacesFartherApartThanAnybodyTravels) {
  // Berlin and New York are 6,385 km apart: 12,770 km/h in half an hour, 638 in ten.
  constexpr const char* kBerlin = R"("geo":{"lat":52.52,"lon":13.405})";
  constexpr const char* kNewYork = R"("geo":{"lat":40.7128,"lon":"-74.006"})";
  expect_findings(
      "  type: x_velocity\n  timespan: 24h\n  field: [geo.lat, geo.lon]\n"
      "  condition: {gt: 900}\n",
      {call(0, "alice", kBerlin), call(0, "bob", kBerlin), call(20, "alice", R"("n":1)"),
       call(30, "alice", kNewYork), call(600, "bob", kNewYork)},
      {"2026-03-01T00:30:00Z alice"});
}

// What was measured is part of a finding, and no more a matter of threads, order or runs than it.
TEST_F(Behaviour, AFindingSaysWhatWasMeasuredHoweverTheLogComes) {
  std::string log;
  for (int hour = 0; hour < 28; ++hour) {
    const int count = hour == 27 ? 20 : 2;
    for (int i = 0; i < count; ++i) log += call(60 * hour + i, "alice", R"("n":1)");
  }
  const std::string rule = rules("  type: x_volume\n  timespan: 1h\n  condition: {gte: 6}\n");
  const std::string whole = folder_.write("whole.json", log);
  const std::size_t middle = log.find('\n', log.size() / 2) + 1;
  const std::string first = folder_.write("first.json", log.substr(0, middle));
  const std::string second = folder_.write("second.json", log.substr(middle));
  const std::string state = (folder_.path() / "state").string();
  // Two a window with a spread of the root of two: the eleventh makes z 6.36.
  const std::string expected =
      R"("measured":{"type":"x_volume","timespan_s":3600,"what":"z","value":6.363961,)"
      R"("condition":{"gte":6},"total":11,"baseline":{"median":2,"spread":1.414214,"windows":27,)"
      R"("weekly":false}})";
  const auto out = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"detect",   "--rules", rule,         "--time-field",      "ts",
                                   "--format", "ndjson",  "--no-event", "--ignore-logsource"};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words, {.folder = folder_.path()}).out;
  };
  EXPECT_THAT(out({whole}), HasSubstr(expected));
  EXPECT_EQ(out({"--jobs", "2", whole}), out({"--jobs", "1", whole}));
  EXPECT_EQ(out({"--jobs", "8", whole}), out({"--jobs", "1", whole}));
  EXPECT_THAT(out({"--jobs", "8", first, second}), HasSubstr(expected));
  EXPECT_EQ(out({"--state", state, first}), "");
  EXPECT_THAT(out({"--state", state, second}), HasSubstr(expected));
}

TEST_F(Behaviour, TheTableSaysWhatWasMeasured) {
  const std::string rule =
      rules("  type: x_new_value\n  timespan: 1h\n  field: region\n  x_memory: 90d\n");
  const std::string log =
      folder_.write("log.json", call(0, "alice", R"("region":"a")") +
                                    call(90, "alice", R"("region":"b\u001b[31m")"));
  const auto run = run_nepho({"detect", "--rules", rule, "--time-field", "ts", "--format",
                              "markdown", "--ignore-logsource", log},
                             {.folder = folder_.path()});
  EXPECT_THAT(run.out, HasSubstr("new since 2026-03-01T00:00:00Z")) << run.out;
  EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
}

TEST_F(Behaviour, TheExamplesOfTheDocumentationAreRulesWithoutAProblem) {
  const std::string page = contents_of(source_folder() / "docs/behaviour.md");
  const std::string placeholders =
      folder_.write("placeholders.yml", "provisioning_principals: ['*:role/terraform']\n");
  std::size_t num_examples = 0;
  for (std::size_t at = page.find("```yaml\n"); at != page.npos; at = page.find("```yaml\n", at)) {
    at += 8;
    const std::size_t end = page.find("```", at);
    const std::string rules = folder_.write("example.yml", page.substr(at, end - at));
    const auto run = run_nepho({"map", "--lint", "--placeholders", placeholders, rules},
                               {.folder = folder_.path()});
    EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
    EXPECT_THAT(run.err, HasSubstr("0 errors, 0 warnings")) << rules;
    at = end + 3;
    ++num_examples;
  }
  EXPECT_GT(num_examples, 0U);
}

}  // namespace
}  // namespace nepho::tests
