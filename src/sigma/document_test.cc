// What a document turns out to be, and what is left of it when something is wrong.
#include "sigma/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHead =
    "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\nlogsource: {product: aws}\n";

Document parse(const std::string& yaml) {
  const std::string file = "r.yml";
  const auto root = text::parse_yaml(yaml, file);
  EXPECT_TRUE(root) << yaml;
  LoadReport outer;
  const Placeholders placeholders;
  Document document = parse_document(*root, {file, placeholders, kDefaultLimits, outer});
  EXPECT_TRUE(outer.problems().empty()) << "a document keeps its problems to itself";
  return document;
}

std::vector<std::string> codes(const Document& document) {
  std::vector<std::string> all;
  for (const Problem& problem : document.problems) all.emplace_back(problem.error.code.name());
  return all;
}

TEST(Document, IsWhatItsKeysSay) {
  EXPECT_EQ(parse("detection: {}").kind, DocumentKind::kRule);
  EXPECT_EQ(parse("logsource: {}").kind, DocumentKind::kRule);
  EXPECT_EQ(parse("correlation: {}").kind, DocumentKind::kCorrelation);
  EXPECT_EQ(parse("filter: {}").kind, DocumentKind::kFilter);
  EXPECT_EQ(parse("title: x").kind, DocumentKind::kOther);
  for (const char* other : {"[]", "text", "7", "{}", "[detection]"})
    EXPECT_EQ(parse(other).kind, DocumentKind::kOther) << other;
}

TEST(Document, ACorrelationMayBringItsBaseRulesLogsource) {
  EXPECT_EQ(parse(std::string(kHead) + "correlation: {type: event_count}\n").kind,
            DocumentKind::kCorrelation);
}

TEST(Document, ARuleWithoutErrorsCanBeRun) {
  const Document document =
      parse(std::string(kHead) + "detection: {a: {f: 1}, condition: a}\nlevel: wobbly\n");
  EXPECT_TRUE(document.is_runnable) << "warnings do not keep it from running";
  EXPECT_THAT(codes(document), ElementsAre("sigma.unknown_word"));
  EXPECT_EQ(document.rule.items.size(), 1U);
}

TEST(Document, ARuleWithAnErrorKeepsItsHead) {
  const Document document =
      parse(std::string(kHead) + "tags: [attack.t1078]\ndetection: {a: {f|x: 1}, condition: a}\n");
  EXPECT_FALSE(document.is_runnable);
  EXPECT_EQ(document.rule.title, "t");
  EXPECT_EQ(document.rule.tags.size(), 1U);
  EXPECT_THAT(document.rule.items, IsEmpty());
}

TEST(Document, EveryMissingPartOfARuleIsNamed) {
  EXPECT_THAT(codes(parse("detection: {a: {f: 1}, condition: a}\n")),
              ElementsAre("sigma.missing_key", "sigma.missing_key"));  // title, logsource
  EXPECT_THAT(codes(parse(kHead)), ElementsAre("sigma.missing_key"));  // detection
}

TEST(Document, ADetectionThatIsNoMappingIsAnErrorAtItsKey) {
  const Document document = parse(std::string(kHead) + "detection: [a]\n");
  ASSERT_THAT(codes(document), ElementsAre("sigma.wrong_type"));
  EXPECT_EQ(to_string(document.problems[0].error.place), "r.yml:4:1");
}

TEST(Document, AFilterNamesRulesOrAny) {
  const auto filter = [](const std::string& rules) {
    return parse(std::string(kHead) + "filter:\n" + rules + "    s: {f: 1}\n    condition: s\n");
  };
  EXPECT_THAT(filter("    rules: [a, b]\n").filter->rules, ElementsAre("a", "b"));
  EXPECT_TRUE(filter("    rules: any\n").filter->any_rule);
  EXPECT_THAT(filter("    rules: any\n").filter->rules, IsEmpty());
  EXPECT_FALSE(filter("    rules: [any]\n").filter->any_rule) << "a rule of this name";
  for (const char* rules : {"", "    rules: []\n", "    rules:\n", "    rules: {a: b}\n"}) {
    const Document document = filter(rules);
    EXPECT_FALSE(document.filter) << rules;
    EXPECT_THAT(codes(document), ElementsAre("sigma.missing_key")) << rules;
  }
}

TEST(Document, AFilterIsNeverRunAsARule) {
  const Document document =
      parse(std::string(kHead) + "filter: {rules: any, s: {f: 1}, condition: s}\n");
  EXPECT_FALSE(document.is_runnable);
  EXPECT_THAT(document.rule.items, IsEmpty());
  EXPECT_EQ(document.filter->items.size(), 1U);
  EXPECT_FALSE(document.filter->is_negated);
}

TEST(Document, AFilterWithAnErrorAnywhereIsNoFilter) {
  EXPECT_FALSE(
      parse("logsource: {product: aws}\nfilter: {rules: any, s: {f: 1}, condition: s}\n").filter)
      << "it has no title";
  EXPECT_FALSE(
      parse(std::string(kHead) + "filter: {rules: any, s: {f|x: 1}, condition: s}\n").filter);
}

TEST(Document, ProblemsStandInTheOrderOfTheParts) {
  const Document document =
      parse("title: t\nid: x\nlogsource: {}\ndetection: {a: {f|x: 1}, condition: a}\n");
  EXPECT_THAT(codes(document),
              ElementsAre("sigma.bad_id", "sigma.missing_key", "sigma.unknown_modifier"));
}

TEST(Document, OtherYamlIsPassedOverWithAPlace) {
  const Document document = parse("# remark\non: push\n");
  EXPECT_FALSE(document.is_runnable);
  ASSERT_THAT(codes(document), Contains("sigma.not_sigma"));
  EXPECT_EQ(to_string(document.problems[0].error.place), "r.yml:2:1");
  EXPECT_EQ(document.problems[0].severity, Severity::kWarning);
}

}  // namespace
}  // namespace nepho::sigma
