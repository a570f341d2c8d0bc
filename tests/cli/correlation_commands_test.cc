// Sigma correlations as a user meets them: rules in, findings with their groups and events out, and
// a state that carries windows from one run to the next.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/correlation_state.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kRules = R"(title: A failed sign-in
name: failed
logsource: {product: app}
detection: {s: {event: failed}, condition: s}
level: low
---
title: Many failed sign-ins
id: 0a1b2c3d-0000-4000-8000-000000000001
author: somebody
level: high
tags: [attack.credential-access, attack.t1110.003]
correlation:
  type: event_count
  rules: [failed]
  group-by: [user, device.name]
  timespan: 10m
  condition: {gte: 3}
)";

class Correlations : public testing::Test {
 protected:
  Correlations() : rules_(folder_.write("rules.yml", kRules)) {}

  // `count` failures of alice, one a minute from this minute on.
  std::string log(const std::string& name, unsigned minute, unsigned count) const {
    std::string text;
    for (unsigned i = 0; i < count; ++i)
      text += fmt::format(R"({{"ts":"2026-03-01T10:{:02}:00Z","event":"failed","user":"alice"}})"
                          "\n",
                          minute + i);
    return folder_.write(name, text);
  }

  tests::Run detect(std::vector<std::string> more) const {
    std::vector<std::string> words{"detect",       "--rules", rules_, "--ignore-logsource",
                                   "--time-field", "ts"};
    words.insert(words.end(), more.begin(), more.end());
    if (std::ranges::count(words, "--format") == 0)
      words.insert(words.end(), {"--format", "ndjson"});
    return run_nepho(words, {.folder = folder_.path()});
  }

  static std::string id_of(const std::string& line) {
    const auto document = text::JsonDocument::parse(line);
    return document ? std::string(document->root().string_at("finding_id")) : "no JSON";
  }

  TemporaryFolder folder_;
  std::string rules_;
};

TEST_F(Correlations, AFindingHasItsGroupAndItsEvents) {
  const auto run = detect({"--no-event", log("log.ndjson", 0, 4)});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1) << run.out;
  EXPECT_THAT(run.out, HasSubstr(R"("group":{"user":"alice","device.name":null})"));
  EXPECT_THAT(run.out, HasSubstr(R"("author":"somebody","level":"high")"));
  EXPECT_THAT(run.out, HasSubstr(R"("techniques":["T1110.003"])"));
  const auto document = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().find("events")->num_children(), 3U);
  EXPECT_EQ(document->root().string_at("time"), "2026-03-01T10:02:00Z");
}

TEST_F(Correlations, TheTableNamesTheGroupWhereTheLogNamesNobody) {
  const auto run = detect({"--format", "table", log("log.ndjson", 0, 3)});
  EXPECT_THAT(run.out, HasSubstr("alice"));
}

TEST_F(Correlations, AreCountedInTheSummary) {
  const std::string summary = (folder_.path() / "summary.json").string();
  detect({"--summary", summary, log("log.ndjson", 0, 3)});
  EXPECT_THAT(contents_of(summary), HasSubstr(R"("matches": 3)"));
  EXPECT_THAT(contents_of(summary), HasSubstr(R"("groups_left_out": 0)"));
}

TEST_F(Correlations, AStateCarriesTheWindowOverToTheNextRun) {
  const std::string state = (folder_.path() / "state").string();
  const auto whole = detect({"--no-event", log("whole.ndjson", 0, 3)});
  const auto first = detect({"--no-event", "--state", state, log("a.ndjson", 0, 2)});
  EXPECT_THAT(first.out, IsEmpty());
  const auto second = detect({"--no-event", "--state", state, log("b.ndjson", 2, 1)});
  EXPECT_EQ(id_of(second.out), id_of(whole.out));
  EXPECT_THAT(second.out, HasSubstr("a.ndjson"));
  // The condition goes on to hold: a third run is silent.
  EXPECT_THAT(detect({"--state", state, log("c.ndjson", 3, 1)}).out, IsEmpty());
}

TEST_F(Correlations, AForeignOrDamagedStateIsAnErrorAndNothingIsDone) {
  const std::string logs = log("log.ndjson", 0, 3);
  const std::string foreign = folder_.write("foreign", "{\"not\":\"a state\"}");
  const auto run = detect({"--state", foreign, logs});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("detect.not_state"));
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_EQ(contents_of(foreign), "{\"not\":\"a state\"}");

  const std::string state = (folder_.path() / "state").string();
  detect({"--state", state, logs});
  const std::string good = contents_of(state);
  ASSERT_GT(good.size(), 100U);
  for (const std::size_t at : {std::size_t{8}, std::size_t{20}, good.size() / 2, good.size() - 1}) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    const std::string damaged = folder_.write("damaged", bad);
    const auto again = detect({"--state", damaged, logs});
    EXPECT_EQ(again.exit_code, 3) << at;
    EXPECT_THAT(again.err, HasSubstr("detect.")) << at;
    EXPECT_EQ(contents_of(damaged), bad) << at;
  }
  const auto cut = detect({"--state", folder_.write("cut", good.substr(0, 15)), logs});
  EXPECT_EQ(cut.exit_code, 3);
  EXPECT_THAT(cut.err, HasSubstr("detect.corrupt_state"));
}

TEST_F(Correlations, AStateThatCannotBeKeptIsToldBeforeTheRun) {
  const std::string logs = log("log.ndjson", 0, 3);
  for (const char* option : {"--state", "--summary"}) {
    const auto run = detect({option, (folder_.path() / "none" / "file").string(), logs});
    EXPECT_EQ(run.exit_code, 3) << option;
    EXPECT_THAT(run.out, IsEmpty()) << option;
    EXPECT_THAT(run.err, HasSubstr("base.cannot_write")) << option;
  }
}

// Its checksum is right and its groups are not: only the rules can tell.
TEST_F(Correlations, AStateWhoseGroupsAreMadeUpIsToldBeforeTheRun) {
  const std::string logs = log("log.ndjson", 0, 3);
  const std::string state = (folder_.path() / "state").string();
  detect({"--state", state, logs});
  auto made_up = detect::read_state(contents_of(state), state);
  ASSERT_TRUE(made_up);
  for (auto& correlation : made_up->correlations) correlation.groups.resize(3);
  const std::string bytes = detect::write_state(*made_up);
  const auto run = detect({"--state", folder_.write("bad", bytes), logs});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.err, HasSubstr("bad: error[detect.corrupt_state]"));
  EXPECT_EQ(contents_of(folder_.path() / "bad"), bytes);
}

TEST_F(Correlations, APathWithoutARuleSaysWhatItHolds) {
  const std::string logs = log("log.ndjson", 0, 3);
  const auto said = [&](const std::string& rules) {
    const auto run = run_nepho({"detect", "--rules", rules, logs}, {.folder = folder_.path()});
    EXPECT_EQ(run.exit_code, 2) << rules;
    return run.err;
  };
  EXPECT_THAT(said(folder_.write("other.yml", "a: 1\n---\nb: 2\n")),
              HasSubstr("cli.no_rule]: there is no rule here: only 2 documents of another kind"));
  EXPECT_THAT(said(folder_.write("empty.yml", "")), HasSubstr("no YAML document"));
  EXPECT_THAT(said(folder_.write("filter.yml",
                                 "title: f\nlogsource: {product: aws}\n"
                                 "filter: {rules: [x], s: {a: 1}, condition: s}\n")),
              HasSubstr("only 1 filter, to change rules with"));
  std::filesystem::create_directory(folder_.path() / "rules");
  EXPECT_THAT(said((folder_.path() / "rules").string()), HasSubstr("no YAML document"));
  folder_.write("rules/filter.yml", contents_of(folder_.path() / "filter.yml"));
  EXPECT_THAT(said((folder_.path() / "rules").string()), HasSubstr("only 1 filter"));
}

TEST_F(Correlations, AreDetectionsLikeRules) {
  const auto run = run_nepho({"map", "--format", "ndjson", rules_}, {.folder = folder_.path()});
  EXPECT_THAT(run.out, HasSubstr(R"("name":"Many failed sign-ins")"));
  EXPECT_THAT(run.out, HasSubstr(R"("techniques":["T1110.003"])"));
  EXPECT_THAT(run.out, Not(HasSubstr(R"("runnable":false)")));
}

TEST_F(Correlations, TheDocumentationHasTheSameSemantics) {
  const auto run = run_nepho({"detect", "--explain-semantics", "--format", "markdown"});
  ASSERT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("correlation window"));
  EXPECT_THAT(contents_of(source_folder() / "docs/sigma-semantics.md"), HasSubstr(run.out))
      << "write the table of docs/sigma-semantics.md anew";
}

}  // namespace
}  // namespace nepho::tests
