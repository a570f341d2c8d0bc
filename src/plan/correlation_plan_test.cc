#include "plan/correlation_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/load.h"

namespace nepho::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string rule(const std::string& name) {
  return "title: rule " + name + "\nname: " + name +
         "\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n";
}

std::string correlation(const std::string& name, const std::string& more) {
  return "title: " + name + "\nname: " + name + "\ncorrelation: {timespan: 1m, " + more +
         "}\n---\n";
}

std::vector<sigma::Rule> rules_of(const std::string& yaml) {
  auto documents = sigma::parse_documents(yaml, "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  auto rules = sigma::take_rules(std::move(documents), report);
  EXPECT_FALSE(report.has_errors());
  return rules;
}

TEST(CorrelationPlan, OfRulesAloneIsEmpty) {
  const auto rules = rules_of(rule("a"));
  const CorrelationPlan plan(rules);
  EXPECT_TRUE(plan.empty());
  EXPECT_EQ(plan.base_of(0), CorrelationPlan::kNotBase);
  EXPECT_FALSE(plan.is_silent(0));
}

TEST(CorrelationPlan, EveryCorrelationStandsBehindThoseItRefersTo) {
  const auto rules = rules_of(correlation("last", "type: temporal, rules: [first, b]") +
                              correlation("first",
                                          "type: event_count, rules: a, condition: "
                                          "{gte: 2}") +
                              rule("a") + rule("b"));
  const CorrelationPlan plan(rules);
  ASSERT_THAT(plan.nodes(), SizeIs(2));
  EXPECT_EQ(plan.nodes()[0].rule, 1U);
  EXPECT_EQ(plan.nodes()[1].rule, 0U);
  EXPECT_EQ(plan.nodes()[1].inputs[0].node, std::optional<std::uint32_t>(0));
  EXPECT_EQ(plan.nodes()[1].inputs[1].node, std::nullopt);
  EXPECT_TRUE(plan.is_silent(2));
}

TEST(CorrelationPlan, ColumnsAreTheFieldsThatTheAliasesName) {
  const auto rules =
      rules_of(rule("a") + rule("b") +
               correlation("c",
                           "type: value_count, rules: [a, b], group-by: [who, region], condition: "
                           "{field: ip, gte: 2}, aliases: {who: {a: user, b: actor.name}}"));
  const CorrelationPlan plan(rules);
  EXPECT_THAT(plan.fields(plan.base_of(0)), ElementsAre("user", "region", "ip"));
  EXPECT_THAT(plan.fields(plan.base_of(1)), ElementsAre("actor.name", "region", "ip"));
  const auto& input = plan.nodes()[0].inputs[1];
  ASSERT_NE(input.columns_of(plan.base_of(1)), nullptr);
  EXPECT_THAT(input.columns_of(plan.base_of(1))->group, ElementsAre(0, 1));
  EXPECT_THAT(input.columns_of(plan.base_of(1))->values, ElementsAre(2));
  EXPECT_EQ(input.columns_of(plan.base_of(0)), nullptr);
}

TEST(CorrelationPlan, AChainSeesFieldsUnderTheNamesOfItsSteps) {
  const auto rules =
      rules_of(rule("a") + rule("b") +
               correlation("low",
                           "type: event_count, rules: a, group-by: [who], condition: {gte: 2}, "
                           "aliases: {who: {a: user}}") +
               correlation("high",
                           "type: temporal, rules: [low, b], group-by: [subject], aliases: "
                           "{subject: {low: who, b: actor}}"));
  const CorrelationPlan plan(rules);
  EXPECT_THAT(plan.fields(plan.base_of(0)), ElementsAre("user"));
  EXPECT_THAT(plan.fields(plan.base_of(1)), ElementsAre("actor"));
  EXPECT_THAT(plan.nodes()[1].inputs[0].columns_of(plan.base_of(0))->group, ElementsAre(0));
}

TEST(CorrelationPlan, OneWhoseRulesAreNotInTheRunIsLeftOut) {
  auto rules = rules_of(rule("a") + rule("b") + correlation("c", "type: temporal, rules: [a, b]"));
  rules.erase(rules.begin());
  EXPECT_THAT(CorrelationPlan(rules).nodes(), IsEmpty());
}

}  // namespace
}  // namespace nepho::plan
