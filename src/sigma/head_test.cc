// The head of a document, read leniently: what is a warning, what an error, and where each stands.
#include "sigma/head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

struct Outcome {
  Rule rule;
  std::vector<std::string> problems;  // "place: severity[code]: message ..."
};

// The head of `yaml`; a title is put in front unless there is one.
Outcome parse(std::string yaml, const std::string& file = "r.yml") {
  if (!yaml.starts_with("title:")) yaml = "title: t\n" + yaml;
  const auto root = text::parse_yaml(yaml, file);
  EXPECT_TRUE(root) << yaml;
  LoadReport report;
  const Placeholders placeholders;
  const ParseContext context{file, placeholders, kDefaultLimits, report};
  Outcome outcome;
  parse_head(*root, context, outcome.rule);
  for (const Problem& problem : report.problems()) outcome.problems.push_back(to_string(problem));
  return outcome;
}

std::string logsource_problem(const std::string& yaml, Logsource* out = nullptr) {
  const std::string file = "r.yml";
  const auto root = text::parse_yaml("title: t\n" + yaml, file);
  LoadReport report;
  const Placeholders placeholders;
  Logsource logsource;
  parse_logsource(*root, {file, placeholders, kDefaultLimits, report}, logsource);
  if (out != nullptr) *out = logsource;
  return report.problems().empty() ? "none" : to_string(report.problems()[0]);
}

TEST(Head, ATitleIsAllThatNobodyCanDoWithout) {
  EXPECT_THAT(parse("id: 0a1b2c3d-0000-4000-8000-000000000001\n").problems, IsEmpty());
  for (const char* yaml : {"title:\n", "title: ''\n", "title: [a]\n", "title: {a: b}\n"})
    EXPECT_THAT(parse(yaml).problems, testing::Contains(HasSubstr("error[sigma.missing_key]")))
        << yaml;
}

TEST(Head, EveryLevelAndStatusIsReadAndWrittenAsTheSame) {
  for (const Level level :
       {Level::kInformational, Level::kLow, Level::kMedium, Level::kHigh, Level::kCritical})
    EXPECT_EQ(parse("level: " + std::string(to_string(level)) + "\n").rule.level, level);
  for (const Status status : {Status::kStable, Status::kTest, Status::kExperimental,
                              Status::kDeprecated, Status::kUnsupported})
    EXPECT_EQ(parse("status: " + std::string(to_string(status)) + "\n").rule.status, status);
}

TEST(Head, AnUnknownLevelIsAWarningAndNoLevel) {
  const Outcome outcome = parse("id: 0a1b2c3d-0000-4000-8000-000000000001\nlevel: hihg\n");
  EXPECT_FALSE(outcome.rule.level);
  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_THAT(outcome.problems[0], StartsWith("r.yml:3:8: warning[sigma.unknown_word]"));
  EXPECT_THAT(outcome.problems[0], HasSubstr("did you mean 'high'?"));
  EXPECT_THAT(parse("status: wobbly\n").problems[0],
              HasSubstr("stable, test, experimental, deprecated, unsupported"));
}

TEST(Head, AnEmptyLevelIsNone) {
  const Outcome outcome = parse("level:\nstatus: ~\n");
  EXPECT_FALSE(outcome.rule.level || outcome.rule.status);
  EXPECT_THAT(outcome.problems, IsEmpty());
}

TEST(Head, AnIdThatIsNoUuidIsKeptWithAWarning) {
  for (const char* id :
       {"x", "0a1b2c3d-0000-4000-8000-00000000000", "0a1b2c3d000040008000000000000001",
        "0a1b2c3d-0000-4000-8000-00000000000g", "0a1b2c3d-0000-4000-80000-00000000001"}) {
    const Outcome outcome = parse("id: " + std::string(id) + "\n");
    EXPECT_EQ(outcome.rule.id.value, id);
    EXPECT_THAT(outcome.problems, ElementsAre(HasSubstr("warning[sigma.bad_id]"))) << id;
  }
  EXPECT_THAT(parse("id: 0A1B2C3D-0000-4000-8000-00000000000F\n").problems, IsEmpty());
}

TEST(Head, AMadeUpIdTellsFilesAndTitlesApart) {
  const auto id = [](const std::string& title, const std::string& file) {
    return parse("title: " + title + "\n", file).rule.id.value;
  };
  EXPECT_THAT(id("a", "x.yml"), testing::MatchesRegex("unnamed:[0-9a-f]{16}"));
  EXPECT_EQ(id("a", "x.yml"), id("a", "x.yml"));
  EXPECT_NE(id("a", "x.yml"), id("b", "x.yml"));
  EXPECT_NE(id("a", "x.yml"), id("a", "y.yml"));
  // Where the file ends and the title begins counts: "x" + "ya" is not "xy" + "a".
  EXPECT_NE(id("ya", "x"), id("a", "xy"));
}

TEST(Head, AuthorsOfAListAreJoined) {
  EXPECT_EQ(parse("author: [A B, C]\n").rule.author, "A B, C");
  EXPECT_EQ(parse("author: A B\n").rule.author, "A B");
  EXPECT_EQ(parse("author:\n").rule.author, "");
}

TEST(Head, ListsMayBeOneScalar) {
  const Rule rule = parse("references: u\nfalsepositives: f\nfields: [a, b]\n").rule;
  EXPECT_THAT(rule.references, ElementsAre("u"));
  EXPECT_THAT(rule.false_positives, ElementsAre("f"));
  EXPECT_THAT(rule.fields, ElementsAre("a", "b"));
  EXPECT_THAT(parse("references:\n").rule.references, IsEmpty());
}

TEST(Head, TagsKeepTheirPlaces) {
  const Rule rule = parse("tags:\n  - attack.t1078\n  - 'attack.impact'\n").rule;
  ASSERT_EQ(rule.tags.size(), 2U);
  EXPECT_EQ(rule.tags[0].line, 3U);
  EXPECT_EQ(rule.tags[0].column, 5U);
  EXPECT_EQ(rule.tags[1].text, "attack.impact");
  EXPECT_EQ(rule.tags[1].column, 5U) << "the quote, where a fix would begin";
}

TEST(Head, OneTagWithoutAListIsTakenWithAWarning) {
  const Outcome outcome = parse("tags: attack.t1078\n");
  ASSERT_EQ(outcome.rule.tags.size(), 1U);
  EXPECT_EQ(outcome.rule.tags[0].text, "attack.t1078");
  EXPECT_THAT(outcome.problems, ElementsAre(HasSubstr("warning[sigma.wrong_type]")));
}

TEST(Head, TagsThatAreNoTextsAreLeftOut) {
  EXPECT_THAT(parse("tags: [[a], {b: c}, d]\n").rule.tags.size(), 1U);
  EXPECT_THAT(parse("tags: {a: b}\n").rule.tags, IsEmpty());
  EXPECT_THAT(parse("tags:\n").problems, IsEmpty());
}

TEST(Head, KeysOfOnesOwnAreAllowedAndMisspeltOnesNamed) {
  EXPECT_THAT(parse("x_owner: soc\ncustom: 1\n").problems, IsEmpty());
  const Outcome outcome = parse("falsepositive: [x]\n");
  ASSERT_EQ(outcome.problems.size(), 1U);
  EXPECT_THAT(outcome.problems[0], StartsWith("r.yml:2:1: warning[sigma.unknown_key]"));
  EXPECT_THAT(outcome.problems[0], HasSubstr("did you mean 'falsepositives'?"));
}

TEST(Head, KeysOfTheSpecificationAreNoProblem) {
  EXPECT_THAT(parse("related: []\ntaxonomy: sigma\nlicense: MIT\nscope: [x]\ndate: 2026-01-01\n"
                    "modified: 2026-01-02\nsimulation: []\nregression_tests_path: x\n")
                  .problems,
              IsEmpty());
}

TEST(Logsource, AnyOfItsPartsIsEnough) {
  Logsource logsource;
  EXPECT_EQ(logsource_problem("logsource: {category: webserver}\n", &logsource), "none");
  EXPECT_EQ(logsource, (Logsource{"", "webserver", ""}));
  EXPECT_EQ(logsource_problem("logsource: {service: s, definition: d}\n", &logsource), "none");
  EXPECT_EQ(logsource, (Logsource{"", "", "s"}));
}

TEST(Logsource, MissingEmptyAndOddOnesAreErrorsAtTheirPlace) {
  EXPECT_THAT(logsource_problem("a: b\n"), StartsWith("r.yml:1:1: error[sigma.missing_key]"));
  EXPECT_THAT(logsource_problem("logsource: aws\n"),
              StartsWith("r.yml:2:12: error[sigma.wrong_type]"));
  EXPECT_THAT(logsource_problem("logsource: [aws]\n"),
              StartsWith("r.yml:2:12: error[sigma.wrong_type]"));
  EXPECT_THAT(logsource_problem("logsource: {}\n"),
              StartsWith("r.yml:2:1: error[sigma.missing_key]"));
  EXPECT_THAT(logsource_problem("logsource: {product: ''}\n"),
              StartsWith("r.yml:2:1: error[sigma.missing_key]"));
}

}  // namespace
}  // namespace nepho::sigma
