#include "sigma/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A whole rule around a detection, which begins at line 5.
std::string rule_with(const std::string& detection,
                      const std::string& id = "0a1b2c3d-0000-4000-8000-000000000001") {
  return "title: t\nid: " + id + "\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n" +
         detection;
}

std::vector<Document> load(const std::string& yaml, LoadOptions options = {}) {
  auto documents = parse_documents(yaml, "r.yml", options);
  link_documents(documents, options);
  return documents;
}

// "place: severity[code]" of every problem.
std::vector<std::string> problems(const std::vector<Document>& documents) {
  std::vector<std::string> lines;
  for (const Document& document : documents) {
    for (const Problem& problem : document.problems)
      lines.push_back(to_string(problem.error.place) + " " +
                      std::string(to_string(problem.severity)) + " " +
                      std::string(problem.error.code.name()));
  }
  return lines;
}

TEST(Load, ReadsTheWholeHead) {
  const auto documents = load(
      "title: Trail stopped\nid: 0a1b2c3d-0000-4000-8000-000000000001\nname: "
      "trail_stopped\nstatus: test\n"
      "description: d\nauthor: [A, B]\nreferences: [u]\nfalsepositives: [f]\ndate: "
      "2026-01-02\nmodified: 2026-01-03\n"
      "tags:\n    - attack.t1685.002\n    - attack.stealth\nlevel: high\nfields: [eventName]\n"
      "logsource:\n    product: aws\n    service: cloudtrail\n"
      "detection:\n    sel:\n        eventName: StopLogging\n    condition: sel\n");
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_THAT(problems(documents), IsEmpty());
  EXPECT_TRUE(documents[0].is_runnable);
  const Rule& rule = documents[0].rule;
  EXPECT_EQ(rule.title, "Trail stopped");
  EXPECT_EQ(rule.name, "trail_stopped");
  EXPECT_EQ(rule.author, "A, B");
  EXPECT_EQ(rule.level, Level::kHigh);
  EXPECT_EQ(rule.status, Status::kTest);
  EXPECT_EQ(rule.date, "2026-01-02");
  EXPECT_EQ(rule.logsource, (Logsource{"aws", "", "cloudtrail"}));
  ASSERT_EQ(rule.tags.size(), 2U);
  EXPECT_EQ(rule.tags[1].text, "attack.stealth");
  EXPECT_EQ(rule.tags[1].line, 13U);
  EXPECT_EQ(rule.tags[1].column, 7U);
  EXPECT_EQ(to_string(rule.place), "r.yml:1:1");
}

TEST(Load, EveryErrorOfARuleIsReportedWithItsPlace) {
  const auto documents = load(rule_with(
      "    a:\n        f|contain: x\n        g|cidr: 1.2.3.4/99\n        h|exists: 'yes'\n"
      "    condition: a and b\n"));
  EXPECT_FALSE(documents[0].is_runnable);
  EXPECT_THAT(
      problems(documents),
      ElementsAre("r.yml:6:11 error sigma.unknown_modifier", "r.yml:7:17 error cidr.bad_network",
                  "r.yml:8:19 error sigma.bad_value", "r.yml:9:22 error sigma.unknown_selection"));
}

TEST(Load, MissingPartsAreErrors) {
  EXPECT_THAT(problems(load("title: t\ndetection:\n    a: {f: 1}\n    condition: a\n")),
              ElementsAre("r.yml:1:1 error sigma.missing_key"));
  EXPECT_THAT(problems(load(rule_with("    a: {f: 1}\n"))),
              ElementsAre("r.yml:4:1 error sigma.missing_key"));
  EXPECT_THAT(problems(load(rule_with("    condition: a\n"))),
              ElementsAre("r.yml:4:1 error sigma.missing_key"));
  EXPECT_THAT(problems(load("title: t\nlogsource: {product: aws}\n")),
              ElementsAre("r.yml:1:1 error sigma.missing_key"));
  EXPECT_THAT(problems(load(
                  "title: t\nlogsource: {definition: x}\ndetection: {a: {f: 1}, condition: a}\n")),
              ElementsAre("r.yml:2:1 error sigma.missing_key"));
}

TEST(Load, OddWordsAndKeysAreWarnings) {
  const auto documents = load("level: hihg\nstatus: tested\nreference: x\nmy_own: 1\n" +
                              rule_with("    a: {f: 1}\n    condition: a\n", "7"));
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_THAT(
      problems(documents),
      ElementsAre("r.yml:6:5 warning sigma.bad_id", "r.yml:1:8 warning sigma.unknown_word",
                  "r.yml:2:9 warning sigma.unknown_word", "r.yml:3:1 warning sigma.unknown_key"));
}

TEST(Load, UnusedSelectionsAreWarnings) {
  EXPECT_THAT(problems(load(rule_with("    a: {f: 1}\n    b: {f: 2}\n    condition: a\n"))),
              ElementsAre("r.yml:6:5 warning sigma.unused_selection"));
}

TEST(Load, OneBadDocumentCostsOnlyItself) {
  const std::string good = rule_with("    a: {f: 1}\n    condition: a\n");
  const auto documents = load(
      good + "---\n" +
      rule_with("    a: {f|x: 1}\n    condition: a\n", "0a1b2c3d-0000-4000-8000-000000000002") +
      "---\n" +
      rule_with("    a: {f: 1}\n    condition: a\n", "0a1b2c3d-0000-4000-8000-000000000003") +
      "---\nx: [\n");
  ASSERT_EQ(documents.size(), 4U);
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_FALSE(documents[1].is_runnable);
  EXPECT_TRUE(documents[2].is_runnable);
  EXPECT_EQ(documents[3].problems[0].error.code.name(), "yaml.syntax");
}

TEST(Load, CorrelationsWithErrorsAreNotRun) {
  const auto documents = load("title: many\ncorrelation:\n    type: event_count\n");
  EXPECT_EQ(documents[0].kind, DocumentKind::kCorrelation);
  EXPECT_FALSE(documents[0].is_runnable);
  EXPECT_THAT(problems(documents),
              ElementsAre("r.yml:2:1 error sigma.missing_key", "r.yml:2:1 error sigma.missing_key",
                          "r.yml:2:1 error sigma.missing_key"));
}

TEST(Load, OtherYamlIsNamedAndPassedOver) {
  const auto documents = load("on: push\njobs: {}\n");
  EXPECT_EQ(documents[0].kind, DocumentKind::kOther);
  EXPECT_THAT(problems(documents), ElementsAre("r.yml:1:1 warning sigma.not_sigma"));
}

TEST(Load, RepeatedIdsAreWarnings) {
  const std::string rule = rule_with("    a: {f: 1}\n    condition: a\n");
  EXPECT_THAT(problems(load(rule + "---\n" + rule)),
              ElementsAre("r.yml:8:1 warning sigma.duplicate_id"));
}

TEST(Load, RuleWithoutIdGetsOneThatStays) {
  const std::string rule =
      "title: t\nlogsource: {product: aws}\ndetection: {a: {f: 1}, condition: a}\n";
  const auto id = load(rule)[0].rule.id;
  EXPECT_THAT(id.value, HasSubstr("unnamed:"));
  EXPECT_EQ(id, load(rule)[0].rule.id);
}

TEST(Load, MissingPlaceholderMakesTheRuleNotRunnable) {
  const std::string rule = rule_with("    a:\n        f|expand: '%admins%'\n    condition: a\n");
  const auto without = load(rule);
  EXPECT_FALSE(without[0].is_runnable);
  EXPECT_THAT(problems(without), ElementsAre("r.yml:6:19 error sigma.missing_placeholder"));
  EXPECT_THAT(to_string(without[0].problems[0]), HasSubstr("--placeholders"));
  const auto with = load(rule, {.placeholders = {{"admins", {"a", "b"}}}});
  ASSERT_TRUE(with[0].is_runnable);
  EXPECT_EQ(with[0].rule.items[0].values.size(), 2U);
}

TEST(Load, SelectorsOfArraysAreNamesAndAWarningUnlessAskedFor) {
  const std::string rule =
      rule_with("    a:\n        f[any].g: 1\n        h[0]: 2\n    condition: a\n");
  const auto without = load(rule);
  EXPECT_THAT(problems(without), ElementsAre("r.yml:6:9 warning sigma.array_selector",
                                             "r.yml:7:9 note sigma.array_selector"));
  EXPECT_THAT(to_string(without[0].problems[0]), HasSubstr("--array-matching"));
  EXPECT_EQ(without[0].rule.items.at(0).field, "f[any].g");
  EXPECT_FALSE(without[0].rule.items[0].array);
  const auto with = load(rule, {.array_matching = true});
  EXPECT_THAT(problems(with), IsEmpty());
  EXPECT_EQ(with[0].rule.items.at(0).field, "f");
  EXPECT_TRUE(with[0].rule.items[0].array);
}

TEST(Load, ABlockBelowASelectorNamesTheOptionThatItNeeds) {
  const std::string rule = rule_with("    a:\n        f[any]: {g: 1}\n    condition: a\n");
  const auto without = load(rule);
  EXPECT_THAT(problems(without), ElementsAre("r.yml:6:17 error sigma.wrong_type"));
  EXPECT_THAT(to_string(without[0].problems[0]), HasSubstr("--array-matching"));
  EXPECT_TRUE(load(rule, {.array_matching = true})[0].is_runnable);
}

// What is wrong with a rule of this one line, arrays matched.
std::vector<std::string> problems_of_line(const std::string& line) {
  return problems(load(rule_with("    a:\n        " + line + "\n    condition: a\n"),
                       {.array_matching = true}));
}

TEST(Load, WhatIsWrongWithArrayTestsHasItsPlace) {
  EXPECT_THAT(problems_of_line("f[some]: 1"), ElementsAre("r.yml:6:9 error sigma.bad_selector"));
  EXPECT_THAT(problems_of_line("f: {g: 1}"), ElementsAre("r.yml:6:9 error sigma.wrong_type"));
  EXPECT_THAT(problems_of_line("f[any]|contains: {g: 1}"),
              ElementsAre("r.yml:6:9 error sigma.bad_modifiers"));
  EXPECT_THAT(problems_of_line("f[any]: {}"), ElementsAre("r.yml:6:17 error sigma.bad_value"));
  EXPECT_THAT(problems_of_line("f[any]: []"), ElementsAre("r.yml:6:17 error sigma.bad_value"));
  EXPECT_THAT(problems_of_line("f[any]: [x, {g: 1}]"),
              ElementsAre("r.yml:6:21 error sigma.wrong_type"));
  EXPECT_THAT(problems_of_line("f[any]: {'|all': [x, y]}"),
              ElementsAre("r.yml:6:18 error sigma.bad_value"));
  EXPECT_THAT(problems_of_line("f[any]: {condition: s, s: [x]}"),
              ElementsAre("r.yml:6:36 error sigma.bad_value"));
  EXPECT_THAT(problems_of_line("f[any]: {condition: t, s: {g: 1}}"),
              ElementsAre("r.yml:6:29 error sigma.unknown_selection"));
}

TEST(Load, ElementsThatAreAskedForApartAreNoted) {
  EXPECT_THAT(problems_of_line("f[any].g: 1\n        f[any].h|contains: x"),
              ElementsAre("r.yml:7:9 note sigma.split_elements"));
  for (const char* lines :
       {"f[any].g: 1\n        e[any].g: 1", "f[0].g: 1\n        f[0].h: 1",
        "f[all].g: 1\n        f[all].h: 1", "f[any]: {g: 1, h: 1}",
        "f[any]: 1\n        f[any].h: 1", "f\\[any\\].g: 1\n        f\\[any\\].h: 1"})
    EXPECT_THAT(problems_of_line(lines), IsEmpty()) << lines;
}

TEST(Load, ArrayTestsAreNestedAsDeepAsConditions) {
  std::string field = "f";
  for (std::size_t i = 0; i < kDefaultLimits.max_condition_depth; ++i) field += "[0]";
  EXPECT_THAT(problems_of_line(field + ": 1"), IsEmpty());
  EXPECT_THAT(problems_of_line(field + "[0]: 1"), ElementsAre("r.yml:6:9 error sigma.too_many"));
  EXPECT_THAT(
      problems_of_line(field + ": {'g[0]': 1}"),
      ElementsAre("r.yml:6:" + std::to_string(field.size() + 12) + " error sigma.too_many"));
}

// A condition may name a large array test often, and that one another.
TEST(Load, ArrayTestsCountAmongThePartsOfACondition) {
  std::string often = "s";
  for (int i = 0; i < 400; ++i) often += " or s";
  const std::string inner = "{condition: " + often + ", s: {g: 1}}";
  EXPECT_THAT(problems_of_line("f[any]: {condition: s, s: {'h[any]': " + inner + "}}"), IsEmpty());
  EXPECT_THAT(problems_of_line("f[any]: {condition: " + often + ", s: {'h[any]': " + inner + "}}"),
              ElementsAre("r.yml:6:29 error sigma.too_many"));
}

TEST(Load, AnOptionalFilterMayLackAPlaceholderInABlock) {
  const auto documents =
      load(rule_with("    a: {f: 1}\n    filter_optional_b: {'g[any]': {h|expand: '%ours%'}}\n"
                     "    condition: a and not filter_optional_b\n"),
           {.array_matching = true});
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_THAT(problems(documents), ElementsAre("r.yml:6:5 note sigma.filter_left_out"));
}

constexpr const char* kFilterHead = "---\ntitle: f\nlogsource: {product: aws}\nfilter:\n";

TEST(Load, TheNamesThatLackValuesAreKept) {
  const auto without = load(
      rule_with("    a:\n        f|expand: '%admins%'\n    filter_optional_own:\n        g|expand: "
                "'%own%'\n    condition: a and not filter_optional_own\n"));
  EXPECT_FALSE(without[0].is_runnable);
  EXPECT_THAT(without[0].missing_placeholders.needed, ElementsAre("admins"));
  EXPECT_THAT(without[0].missing_placeholders.optional, ElementsAre("own"));
  const auto wider = load(rule_with(
      "    a: {f: 1}\n    filter_optional_own:\n        g|expand: '%own%'\n    condition: a and "
      "not filter_optional_own\n"));
  EXPECT_TRUE(wider[0].is_runnable);
  EXPECT_THAT(wider[0].missing_placeholders.needed, IsEmpty());
  EXPECT_THAT(wider[0].missing_placeholders.optional, ElementsAre("own"));
}

// The kinds of the condition's nodes, outermost first: "&(i !(i))".
std::string shape(const Expression& expression) {
  if (expression.kind == Expression::Kind::kItem) return std::to_string(expression.item);
  std::string text(1, "&|!"[static_cast<int>(expression.kind)]);
  for (const Expression& child : expression.children)
    text += (text.size() == 1 ? "(" : " ") + shape(child);
  return text + ")";
}

std::string filtered(const std::string& filter, LoadOptions options = {}) {
  return shape(
      load(rule_with("    a: {f: 1}\n    condition: a\n") + kFilterHead + filter, options)[0]
          .rule.condition);
}

TEST(Load, FilterOfPlainSelectionsIsTakenAway) {
  const std::string filter =
      "    rules: [0a1b2c3d-0000-4000-8000-000000000001]\n    s: {u: x}\n    condition: s\n";
  EXPECT_EQ(filtered(filter), "&(0 !(1))");
  EXPECT_EQ(filtered(filter, {.filters = FilterReading::kAsWritten}), "&(0 1)");
}

TEST(Load, FilterThatIsNegatedIsTakenAsWritten) {
  EXPECT_EQ(filtered("    rules: any\n    s: {u: x}\n    condition: not s\n"), "&(0 !(1))");
  EXPECT_EQ(
      filtered("    rules: any\n    s: {u: x}\n    t: {v: y}\n    condition: not s and not t\n"),
      "&(0 &(!(1) !(2)))");
}

TEST(Load, FilterOfNoRuleIsAWarning) {
  EXPECT_THAT(problems(load(std::string(kFilterHead) +
                            "    rules: [nobody]\n    s: {u: x}\n    condition: s\n")),
              ElementsAre("r.yml:2:1 warning sigma.filter_without_rule"));
  const std::string other =
      "---\ntitle: f\nlogsource: {product: gcp}\nfilter:\n    rules: any\n    s: {u: x}\n    "
      "condition: s\n";
  EXPECT_EQ(shape(load(rule_with("    a: {f: 1}\n    condition: a\n") + other)[0].rule.condition),
            "0");
}

TEST(Load, ManyFiltersStandSideBySide) {
  std::string yaml = rule_with("    a: {f: 1}\n    condition: a\n");
  for (int i = 0; i < 300; ++i)
    yaml += std::string(kFilterHead) + "    rules: any\n    s: {u: x}\n    condition: s\n";
  EXPECT_EQ(load(yaml)[0].rule.condition.children.size(), 301U);
}

TEST(Load, GlobalActionIsLaidUnderTheRest) {
  const auto documents = load(
      "action: global\ntitle: t\nlogsource: {product: aws}\ndetection: {condition: a}\n"
      "---\ndetection: {a: {f: 1}}\n---\ntitle: u\ndetection: {a: {f: 2}}\n"
      "---\naction: repeat\ntitle: v\n---\naction: reset\n---\ndetection: {a: {f: 3}, condition: "
      "a}\n");
  ASSERT_EQ(documents.size(), 4U);
  EXPECT_EQ(documents[0].rule.title, "t");
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_EQ(documents[1].rule.title, "u");
  EXPECT_EQ(documents[2].rule.title, "v");
  EXPECT_TRUE(documents[2].rule.items[0].same_test(documents[1].rule.items[0]));
  EXPECT_FALSE(documents[3].is_runnable);
}

TEST(Load, UnknownActionIsAnError) {
  EXPECT_THAT(problems(load("action: globl\ntitle: t\n")),
              ElementsAre("r.yml:1:9 error sigma.unknown_action"));
}

TEST(Load, FoldersGiveTheirYamlFilesOnly) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "sigma_load_test";
  std::filesystem::create_directories(folder / "sub");
  std::ofstream(folder / "sub/a.yml") << rule_with("    a: {f: 1}\n    condition: a\n");
  std::ofstream(folder / "README.md") << "no: rule\n";
  std::ofstream(folder / "named.txt")
      << rule_with("    a: {f: 1}\n    condition: a\n", "0a1b2c3d-0000-4000-8000-000000000009");
  LoadReport report;
  EXPECT_EQ(load_rules({folder.string()}, {}, report).size(), 1U);
  EXPECT_EQ(load_rules({(folder / "named.txt").string()}, {}, report).size(), 1U);
  EXPECT_FALSE(report.has_errors());
  EXPECT_TRUE(load_rules({(folder / "none").string()}, {}, report).empty());
  EXPECT_TRUE(report.has_errors());
  std::filesystem::remove_all(folder);
}

TEST(Load, ATextWithoutDocumentsHasNone) {
  for (const char* yaml : {"", "\n\n", "# only a remark\n", "---\n---\n", "\xEF\xBB\xBF"})
    EXPECT_THAT(load(yaml), IsEmpty()) << yaml;
}

TEST(Load, ByteOrderMarkAndWindowsLineEndsAreTaken) {
  std::string yaml = rule_with("    a: {f: 1}\n    condition: a\n");
  for (std::size_t at = 0; (at = yaml.find('\n', at)) != std::string::npos; at += 2)
    yaml.insert(at, "\r");
  const auto documents = load("\xEF\xBB\xBF" + yaml);
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_EQ(documents[0].rule.logsource.service, "cloudtrail");
}

TEST(Load, BytesThatAreNoUtf8AreAnErrorWithTheirPlace) {
  const auto documents = load("title: \"\xFF\"\n");
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_FALSE(documents[0].is_runnable);
  EXPECT_THAT(problems(documents)[0], HasSubstr("r.yml:"));
}

TEST(Load, AFileBeyondTheSizeLimitIsAnErrorAndCostsOnlyItself) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "sigma_load_limit";
  std::filesystem::create_directories(folder);
  const std::string rule = rule_with("    a: {f: 1}\n    condition: a\n");
  std::ofstream(folder / "a.yml") << rule << std::string(1'000, '#');
  std::ofstream(folder / "b.yaml") << rule;
  LoadOptions options;
  options.limits.max_document_bytes = 500;
  LoadReport report;
  const auto documents = load_documents({folder.string()}, options, report);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_FALSE(documents[0].is_runnable);
  EXPECT_EQ(documents[0].rule.place.file, (folder / "a.yml").string());
  EXPECT_TRUE(documents[1].is_runnable);
  std::filesystem::remove_all(folder);
}

TEST(Load, FilesComeInTheOrderOfTheirPaths) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "sigma_load_order";
  std::filesystem::create_directories(folder / "b");
  int number = 0;
  for (const char* name : {"c.yml", "b/z.yml", "a.yml"})
    std::ofstream(folder / name) << rule_with(
        "    a: {f: 1}\n    condition: a\n",
        "0a1b2c3d-0000-4000-8000-00000000000" + std::to_string(++number));
  LoadReport report;
  std::vector<std::string> files;
  for (const Rule& rule : load_rules({folder.string()}, {}, report))
    files.push_back(std::filesystem::relative(rule.place.file, folder).string());
  EXPECT_THAT(files, ElementsAre("a.yml", "b/z.yml", "c.yml"));
  EXPECT_THAT(report.problems(), IsEmpty());
  std::filesystem::remove_all(folder);
}

TEST(Load, AFilterInAnotherFileIsApplied) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "sigma_load_filter";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "0_filter.yml")
      << kFilterHead << "    rules: any\n    s: {u: x}\n    condition: s\n";
  std::ofstream(folder / "1_rule.yml") << rule_with("    a: {f: 1}\n    condition: a\n");
  LoadReport report;
  const auto rules = load_rules({folder.string()}, {}, report);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].items.size(), 2U);
  std::filesystem::remove_all(folder);
}

TEST(Load, TakingRulesKeepsEveryProblemOfEveryDocument) {
  LoadReport report;
  const auto rules = take_rules(load(rule_with("    a: {f: 1}\n    condition: a\n") +
                                     "---\ntitle: broken\nlogsource: {product: aws}\n---\non: x\n"),
                                report);
  EXPECT_EQ(rules.size(), 1U);
  ASSERT_EQ(report.problems().size(), 2U);
  EXPECT_EQ(report.num_errors(), 1U);
  EXPECT_EQ(report.problems()[1].error.code, kNotSigma);
}

TEST(Load, ErrorsOfActionsAreDocumentsOfTheirOwn) {
  const auto documents =
      load("action: repeat\n---\n" + rule_with("    a: {f: 1}\n    condition: a\n"));
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_FALSE(documents[1].is_runnable);
  EXPECT_EQ(documents[1].rule.place.file, "r.yml");
}

// Rules people send: whatever the bytes, a document with a reason, and never a crash.
TEST(Load, CutOrChangedRulesAreReadOrRefused) {
  const std::string rule = rule_with(
      "    sel:\n        - f|contains|all: [a, 'b*']\n          g|re: '^x'\n        - key\n"
      "    not_this: {h|cidr: 10.0.0.0/8}\n    condition: 1 of sel* and not not_this\n");
  for (std::size_t size = 0; size < rule.size(); ++size)
    for (const Document& document : load(rule.substr(0, size)))
      EXPECT_TRUE(document.is_runnable || !document.problems.empty()) << size;
  std::mt19937 random(2);
  for (int round = 0; round < 3'000; ++round) {
    std::string changed = rule;
    for (int i = 0; i < 3; ++i)
      changed[random() % changed.size()] = "\n\t:-[]{}|'\"*&!%#a\x80"[random() % 18];
    for (const Document& document : load(changed)) {
      EXPECT_TRUE(document.is_runnable || !document.problems.empty()) << changed;
      for (const Item& item : document.rule.items) EXPECT_FALSE(item.values.empty()) << changed;
    }
  }
}

}  // namespace
}  // namespace nepho::sigma
