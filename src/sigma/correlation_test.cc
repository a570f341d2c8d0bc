#include "sigma/correlation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/digest.h"
#include "sigma/load.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string rule(const std::string& name, const std::string& event = "Login") {
  return "title: the rule " + name + "\nname: " + name +
         "\nlogsource: {product: aws, service: cloudtrail}\n"
         "detection: {s: {eventName: " +
         event + "}, condition: s}\n---\n";
}

// A document whose correlation begins at line 3 with `lines` below it.
std::string correlation(const std::string& lines, const std::string& title = "c") {
  return "title: " + title + "\nname: " + title + "\ncorrelation:\n" + lines;
}

std::vector<Document> load(const std::string& yaml) {
  auto documents = parse_documents(yaml, "r.yml", {});
  link_documents(documents, {});
  return documents;
}

// "line:column severity code" of every problem.
std::vector<std::string> problems(const std::vector<Document>& documents) {
  std::vector<std::string> lines;
  for (const Document& document : documents) {
    for (const Problem& problem : document.problems) {
      lines.push_back(std::to_string(problem.error.place.line) + ":" +
                      std::to_string(problem.error.place.column) + " " +
                      std::string(to_string(problem.severity)) + " " +
                      std::string(problem.error.code.name()));
    }
  }
  return lines;
}

std::string hint_of(const std::vector<Document>& documents) {
  for (const Document& document : documents) {
    if (!document.problems.empty()) return document.problems.front().error.hint;
  }
  return {};
}

// The one correlation of a file that has no problem.
Correlation only(const std::string& yaml) {
  const auto documents = load(yaml);
  EXPECT_THAT(problems(documents), IsEmpty()) << yaml;
  for (const Document& document : documents) {
    if (document.rule.correlation) return *document.rule.correlation;
  }
  ADD_FAILURE() << "no correlation in " << yaml;
  return {};
}

constexpr const char* kCount =
    "  type: event_count\n  rules: [a]\n  group-by: [user]\n  timespan: 10m\n"
    "  condition: {gte: 3}\n";

TEST(Correlation, ReadsAllThatItHas) {
  const Correlation read =
      only(rule("a") + rule("b") +
           correlation("  type: value_count\n  rules:\n    - a\n    - b\n  group-by:\n    - who\n"
                       "    - region\n  timespan: 2h\n  generate: true\n"
                       "  aliases:\n    who:\n      a: user\n      b: actor.name\n"
                       "  condition:\n    field: [ip, port]\n    gt: 10\n    lte: 20\n"));
  EXPECT_EQ(read.type, CorrelationType::kValueCount);
  ASSERT_THAT(read.rules, SizeIs(2));
  EXPECT_EQ(read.rules[0].target, std::optional<std::size_t>(0));
  EXPECT_EQ(read.rules[1].target, std::optional<std::size_t>(1));
  EXPECT_THAT(read.group_by, ElementsAre("who", "region"));
  EXPECT_EQ(read.timespan, std::chrono::hours(2));
  EXPECT_TRUE(read.generate);
  EXPECT_THAT(read.fields, ElementsAre("ip", "port"));
  EXPECT_THAT(read.thresholds, ElementsAre(Threshold{Threshold::Relation::kGt, 10},
                                           Threshold{Threshold::Relation::kLte, 20}));
  ASSERT_NE(read.find_alias("who"), nullptr);
  EXPECT_EQ(*read.find_alias("who")->field_of(1), "actor.name");
  EXPECT_THAT(read.logsources, ElementsAre(Logsource{"aws", "", "cloudtrail"}));
}

TEST(Correlation, EveryTypeOfTheStandardIsKnown) {
  const std::vector<std::pair<std::string, std::string>> conditions = {
      {"event_count", "{gte: 3}"},
      {"value_count", "{field: f, gte: 3}"},
      {"temporal", "{gte: 2}"},
      {"temporal_ordered", "{gte: 2}"},
      {"value_sum", "{field: f, gt: 1.5}"},
      {"value_avg", "{field: f, lt: -1}"},
      {"value_median", "{field: f, eq: 0}"},
      {"value_percentile", "{field: f, percentile: 95, neq: 0}"}};
  const auto num_types = std::ranges::count_if(
      correlation_types(), [](std::string_view type) { return !type.starts_with("x_"); });
  EXPECT_EQ(static_cast<std::size_t>(num_types), conditions.size());
  for (const auto& [type, condition] : conditions) {
    const Correlation read =
        only(rule("a") + rule("b") +
             correlation("  type: " + type +
                         "\n  rules: [a, b]\n  timespan: 1d\n  condition: " + condition + "\n"));
    EXPECT_EQ(to_string(read.type), type);
  }
}

TEST(Correlation, TemporalWithoutConditionAsksForAllRules) {
  const Correlation read =
      only(rule("a") + rule("b") +
           correlation("  type: temporal\n  rules: [a, b]\n  group-by: user\n  timespan: 1m\n"));
  EXPECT_THAT(read.thresholds, ElementsAre(Threshold{Threshold::Relation::kGte, 2}));
  EXPECT_THAT(read.group_by, ElementsAre("user"));
}

TEST(Correlation, WrittenConditionIsOverTheRules) {
  const Correlation read =
      only(rule("a") + rule("b") + rule("c1") +
           correlation("  type: temporal\n  rules: [a, b, c1]\n  timespan: 1m\n"
                       "  condition: a and (b or not c1)\n"));
  ASSERT_TRUE(read.expression);
  EXPECT_EQ(read.expression->kind, Expression::Kind::kAnd);
  EXPECT_EQ(read.expression->children[0], Expression::of_item(0));
  EXPECT_THAT(read.thresholds, IsEmpty());
}

TEST(Correlation, WrittenConditionMayNameTheRules) {
  const Correlation read =
      only(rule("a") + rule("b") +
           correlation("  type: temporal_ordered\n  timespan: 1m\n  condition: b and a and b\n"));
  ASSERT_THAT(read.rules, SizeIs(2));
  EXPECT_EQ(read.rules[0].text, "b");
  EXPECT_EQ(read.rules[1].text, "a");
}

TEST(Correlation, RulesAreFoundByIdNameAndTitle) {
  const std::string with_id =
      "title: by id\nid: 0a1b2c3d-0000-4000-8000-000000000001\n"
      "logsource: {product: aws}\n"
      "detection: {s: {eventName: x}, condition: s}\n---\n";
  const Correlation read =
      only(with_id + rule("a") + rule("b") +
           correlation("  type: event_count\n"
                       "  rules: [0a1b2c3d-0000-4000-8000-000000000001, a, the rule b]\n"
                       "  timespan: 1m\n  condition: {gte: 1}\n"));
  EXPECT_EQ(read.rules[0].target, std::optional<std::size_t>(0));
  EXPECT_EQ(read.rules[1].target, std::optional<std::size_t>(1));
  EXPECT_EQ(read.rules[2].target, std::optional<std::size_t>(2));
}

TEST(Correlation, EveryMistakeIsAnErrorAtItsPlace) {
  const auto wrong = [](const std::string& lines) {
    auto all = problems(load(correlation(lines)));
    return all.empty() ? std::string("nothing") : all.front();
  };
  EXPECT_EQ(wrong("  rules: [a]\n  timespan: 1m\n"), "3:1 error sigma.missing_key");
  EXPECT_EQ(wrong("  type: event_cnt\n  rules: [a]\n"), "4:9 error sigma.unknown_correlation_type");
  EXPECT_EQ(wrong("  type: event_count\n  rule: [a]\n"), "5:3 error sigma.unknown_correlation_key");
  EXPECT_EQ(wrong("  type: event_count\n  rules: []\n"), "5:10 error sigma.missing_key");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [{a: b}]\n"), "5:11 error sigma.wrong_type");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [a]\n  timespan: 10\n"),
            "6:13 error sigma.bad_timespan");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [a]\n  timespan: 0s\n"),
            "6:13 error sigma.bad_timespan");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [a]\n  timespan: 1m\n  generate: often\n"),
            "7:13 error sigma.wrong_type");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [a]\n  timespan: 1m\n"),
            "3:1 error sigma.missing_key");
  EXPECT_EQ(wrong("  type: event_count\n  rules: [a]\n  timespan: 1m\n  aliases: [x]\n"
                  "  condition: {gte: 1}\n"),
            "7:12 error sigma.wrong_type");
  EXPECT_EQ(problems(load("title: c\ncorrelation: event_count\n")).front(),
            "2:14 error sigma.wrong_type");
}

TEST(Correlation, EveryMistakeInAConditionIsAnErrorAtItsPlace) {
  const auto wrong = [](const std::string& type, const std::string& condition) {
    const auto all = problems(load(correlation(
        "  type: " + type + "\n  rules: [a]\n  timespan: 1m\n  condition: " + condition + "\n")));
    return all.empty() ? std::string("nothing") : all.front();
  };
  EXPECT_EQ(wrong("event_count", "{gte: many}"), "7:20 error sigma.bad_value");
  EXPECT_EQ(wrong("event_count", "{gte: 1.5}"), "7:20 error sigma.bad_value");
  EXPECT_EQ(wrong("event_count", "{gte: -1}"), "7:20 error sigma.bad_value");
  EXPECT_EQ(wrong("event_count", "{gte: 1000001}"), "7:20 error sigma.bad_value");
  EXPECT_EQ(wrong("event_count", "{ge: 1}"), "7:15 error sigma.unknown_correlation_key");
  EXPECT_EQ(wrong("event_count", "{}"), "7:14 error sigma.missing_key");
  EXPECT_EQ(wrong("event_count", "{field: f, gte: 1}"), "7:15 error sigma.bad_value");
  EXPECT_EQ(wrong("event_count", "a and b"), "7:14 error sigma.bad_condition");
  EXPECT_EQ(wrong("value_count", "{gte: 1}"), "7:14 error sigma.missing_key");
  EXPECT_EQ(wrong("value_sum", "{field: [f, g], gte: 1}"), "7:15 error sigma.bad_value");
  EXPECT_EQ(wrong("value_sum", "{field: f, gte: 1e30}"), "7:30 error sigma.bad_value");
  EXPECT_EQ(wrong("value_avg", "{field: f, percentile: 5, gte: 1}"), "7:25 error sigma.bad_value");
  EXPECT_EQ(wrong("value_percentile", "{field: f, percentile: 101, gte: 1}"),
            "7:37 error sigma.bad_value");
  EXPECT_EQ(wrong("value_percentile", "{field: f, gte: 1}"), "7:14 warning sigma.no_percentile");
  EXPECT_EQ(wrong("temporal", "a and b"), "7:20 error sigma.unknown_selection");
  EXPECT_EQ(wrong("temporal", "a and"), "7:19 error sigma.bad_condition");
}

TEST(Correlation, AWrittenConditionOfAnOrderedOneIsOverFewRules) {
  std::string all = "r0";
  for (int i = 1; i <= 10; ++i) all += " and r" + std::to_string(i);
  EXPECT_THAT(problems(load(correlation(
                  "  type: temporal_ordered\n  timespan: 1m\n  condition: " + all + "\n"))),
              testing::Contains("6:14 error sigma.too_many"));
}

TEST(Correlation, MisspeltWordsAreCorrected) {
  EXPECT_EQ(hint_of(load(correlation("  type: temporal_order\n"))),
            "did you mean 'temporal_ordered'?");
  EXPECT_EQ(hint_of(load(correlation("  type: temporal\n  group_by: [u]\n"))),
            "did you mean 'group-by'?");
  EXPECT_EQ(hint_of(load(rule("login_failed") +
                         correlation("  type: event_count\n  rules: [login_fialed]\n"
                                     "  timespan: 1m\n  condition: {gte: 2}\n"))),
            "did you mean 'login_failed'?");
}

TEST(Correlation, AnUnknownRuleIsAnError) {
  const auto documents = load(rule("b") + correlation(kCount));
  EXPECT_THAT(problems(documents), ElementsAre("10:11 error sigma.unknown_rule"));
  EXPECT_FALSE(documents[1].is_runnable);
}

TEST(Correlation, ARuleThatCannotRunTakesTheCorrelationWithIt) {
  const auto documents = load(
      "title: a\nname: a\nlogsource: {product: aws}\n"
      "detection: {s: {f|x: 1}, condition: s}\n---\n" +
      correlation(kCount) + "---\n" +
      correlation("  type: event_count\n  rules: [c]\n  timespan: 1m\n"
                  "  condition: {gte: 1}\n",
                  "d"));
  EXPECT_FALSE(documents[1].is_runnable);
  EXPECT_FALSE(documents[2].is_runnable);
  EXPECT_THAT(problems(documents),
              ElementsAre(HasSubstr("sigma.unknown_modifier"), "10:11 error sigma.broken_reference",
                          "19:11 error sigma.broken_reference"));
}

TEST(Correlation, ANameThatSeveralRulesHaveIsAnError) {
  EXPECT_THAT(problems(load(rule("a") + "# another\ntitle: another" + rule("a").substr(17) +
                            correlation(kCount))),
              ElementsAre("16:11 error sigma.ambiguous_rule"));
}

TEST(Correlation, RulesOfTheSameFileComeFirst) {
  auto documents = parse_documents(rule("a"), "other.yml", {});
  for (Document& document : parse_documents(rule("a") + correlation(kCount), "r.yml", {}))
    documents.push_back(std::move(document));
  link_documents(documents, {});
  EXPECT_THAT(problems(documents), IsEmpty());
  EXPECT_EQ(documents[2].rule.correlation->rules[0].target, std::optional<std::size_t>(1));
  EXPECT_FALSE(documents[0].rule.is_silent);
}

TEST(Correlation, LoopsAreErrors) {
  const auto one = [](const std::string& name, const std::string& of) {
    return correlation("  type: event_count\n  rules: [" + of +
                           "]\n  timespan: 1m\n  condition: {gte: 1}\n",
                       name) +
           "---\n";
  };
  EXPECT_THAT(problems(load(one("c", "c"))), ElementsAre("5:11 error sigma.correlation_loop"));
  const auto documents = load(one("c", "d") + one("d", "e") + one("e", "c") + one("f", "c"));
  EXPECT_THAT(documents, SizeIs(4));
  for (const Document& document : documents) {
    EXPECT_FALSE(document.is_runnable);
    EXPECT_EQ(document.problems.at(0).error.code.name(), "sigma.correlation_loop");
  }
}

TEST(Correlation, ChainsAreSettledInAnyOrderOfTheFile) {
  const auto documents =
      load(correlation("  type: temporal\n  rules: [c, b]\n  timespan: 1m\n", "last") + "---\n" +
           correlation(kCount) + "---\n" + rule("a") + rule("b"));
  EXPECT_THAT(problems(documents), IsEmpty());
  EXPECT_TRUE(documents[0].is_runnable);
  EXPECT_THAT(documents[0].rule.correlation->logsources, SizeIs(1));
  EXPECT_EQ(documents[0].rule.correlation->digests[0], digest_of(documents[1].rule));
}

TEST(Correlation, RulesReferredToAreSilentUnlessGenerated) {
  const auto silent = [](const std::string& more) {
    std::string text;
    for (const Document& document : load(rule("a") + rule("b") + correlation(kCount) + more))
      text += document.rule.is_silent ? 's' : '-';
    return text;
  };
  EXPECT_EQ(silent(""), "s--");
  EXPECT_EQ(silent("  generate: true\n"), "---");
  EXPECT_EQ(silent("generate: true\n"), "---");
  EXPECT_EQ(silent("---\n" + correlation("  type: event_count\n  rules: [c, a]\n  generate: true\n"
                                         "  timespan: 1m\n  condition: {gte: 1}\n",
                                         "d")),
            "----");
  // A correlation that cannot run silences nobody.
  EXPECT_EQ(silent("  x: y\n"), "---");
}

TEST(Correlation, AliasesAreHeldAgainstTheRules) {
  const auto with = [](const std::string& aliases, const std::string& group_by = "who") {
    return problems(load(rule("a") + rule("b") +
                         correlation("  type: temporal\n  rules: [a, b]\n  group-by: [" + group_by +
                                     "]\n  timespan: 1m\n  aliases: " + aliases + "\n")));
  };
  EXPECT_THAT(with("{who: {a: user, b: actor}}"), IsEmpty());
  EXPECT_THAT(with("{who: {a: user, x: actor}}"),
              testing::Contains("18:28 error sigma.unknown_rule"));
  EXPECT_THAT(with("{who: {a: user}}"), ElementsAre("18:19 warning sigma.partial_alias"));
  EXPECT_THAT(with("{who: {a: user, b: actor}}", "user"),
              ElementsAre("18:19 warning sigma.unused_alias"));
}

TEST(Correlation, TheDigestCoversItsRulesAndLimits) {
  const auto digest = [](const std::string& event, const std::string& lines) {
    const auto documents = load(rule("a", event) + correlation(lines));
    return digest_of(documents.at(1).rule);
  };
  const std::string lines = kCount;
  EXPECT_EQ(digest("Login", lines), digest("Login", lines));
  EXPECT_NE(digest("Login", lines), digest("Logout", lines));
  std::string other = lines;
  other.replace(other.find("gte: 3"), 6, "gte: 4");
  EXPECT_NE(digest("Login", lines), digest("Login", other));
}

TEST(Correlation, AnUnlinkedOneNeverHolds) {
  const auto documents = load(rule("a") + correlation(kCount));
  const Expression never{Expression::Kind::kOr, 0, {}};
  EXPECT_EQ(documents[1].rule.condition, never);
  EXPECT_THAT(documents[1].rule.items, IsEmpty());
}

}  // namespace
}  // namespace nepho::sigma
