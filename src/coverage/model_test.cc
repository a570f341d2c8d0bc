#include "coverage/model.h"

#include <gtest/gtest.h>

#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

Model shipped() {
  auto model = load_model(Knowledge());
  EXPECT_TRUE(model.has_value()) << (model ? "" : to_string(model.error()));
  return model.value_or(Model{});
}

std::string shipped_text() {
  const Knowledge knowledge;
  return std::string(knowledge.find("intel/model.yml")->content);
}

// The numbers of the design; who changes one changes every figure that a user has seen.
TEST(Model, TheKnowledgeHoldsTheDesignsNumbers) {
  const Model model = shipped();
  EXPECT_EQ(model.base_stable, 0.60);
  EXPECT_EQ(model.base_test, 0.50);
  EXPECT_EQ(model.base_experimental, 0.35);
  EXPECT_EQ(model.robustness, (std::array{0.50, 0.65, 0.80, 0.95, 1.0}));
  EXPECT_EQ(model.specificity_technique, 0.8);
  EXPECT_EQ(model.specificity_parent, 0.4);
  EXPECT_EQ(model.prior_trials, 2);
  EXPECT_EQ(model.refit_min_rules, 20);
  EXPECT_EQ(model.refit_min_mean, 0.05);
  EXPECT_EQ(model.refit_max_mean, 0.90);
  EXPECT_EQ(model.refit_min_trials, 2);
  EXPECT_EQ(model.refit_max_trials, 10);
  EXPECT_EQ(model.weight, (std::array{0.25, 0.5, 1.0, 0.0})) << "synthetic, replay, live, tabletop";
  EXPECT_EQ(model.half_life_days, 90);
  EXPECT_EQ(model.expiry_days, 180);
  EXPECT_EQ(model.lower_bound, 0.10);
  EXPECT_EQ(model.min_tested, 3);
  EXPECT_EQ(model.min_share, 0.5);
}

TEST(Model, EveryParameterIsRequiredInTheKnowledge) {
  EXPECT_EQ(parameter_names().size(), 28U);
  const auto missing = parse_model("lower_bound: 0.1\n", "m.yml");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, kBadModel);
  EXPECT_NE(missing.error().message.find("prior.base.stable"), std::string::npos);
}

Result<Model> with_override(std::string_view yaml) {
  Model model = shipped();
  const auto node = text::parse_yaml(yaml, "nephometer.yml");
  if (!node) return std::unexpected(node.error());
  if (auto laid = override_model(*node, "nephometer.yml", model); !laid) {
    return std::unexpected(laid.error());
  }
  return model;
}

TEST(Model, AnOverrideChangesWhatItNamesAlone) {
  const auto model = with_override("evidence: {weight: {replay: 0.75}, half_life_days: 30}");
  ASSERT_TRUE(model.has_value()) << to_string(model.error());
  Model expected = shipped();
  expected.weight[static_cast<std::size_t>(evidence::Kind::kReplay)] = 0.75;
  expected.half_life_days = 30;
  EXPECT_EQ(*model, expected);
}

TEST(Model, AnEmptyOverrideChangesNothing) {
  EXPECT_EQ(with_override("{}").value(), shipped());
  EXPECT_EQ(with_override("null").value(), shipped());
}

// Each name stands for a member of its own: a slip in the table would set another's.
TEST(Model, EveryParameterCanBeOverridden) {
  for (const std::string_view name : parameter_names()) {
    // "a.b.c" becomes "{a: {b: {c: VALUE}}}".
    std::string yaml;
    std::string closing;
    for (std::string_view rest = name; !rest.empty();) {
      const std::string_view part = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      yaml += "{" + std::string(part) + ": ";
      closing += '}';
    }
    const bool is_count = name == "prior.unknown_level" || name == "proof.min_tested" ||
                          name == "evidence.half_life_days" || name == "evidence.expiry_days" ||
                          name == "prior.refit.min_rules" || name == "prior.refit.max_trials";
    const char* share = name == "prior.refit.max_mean" ? "0.5678" : "0.4567";
    const auto model = with_override(yaml + (is_count ? "5" : share) + closing);
    ASSERT_TRUE(model.has_value()) << yaml << ": " << to_string(model.error());
    EXPECT_NE(*model, shipped()) << name;
  }
}

TEST(Model, AMisspeltKeyIsAnErrorWithAWayOut) {
  const auto model = with_override("prior:\n  base: {stabel: 0.5}\n");
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, text::kYamlUnknownKey);
  EXPECT_EQ(to_string(model.error().place), "nephometer.yml:2:10");
  EXPECT_NE(model.error().hint.find("stable"), std::string::npos);
}

TEST(Model, AValueOutOfItsRangeIsAnError) {
  for (const char* yaml : {"lower_bound: 0", "lower_bound: 0.9", "lower_bound: ten",
                           "lower_bound: [0.1]", "prior: {trials: 0}", "prior: {unknown_level: 6}",
                           "prior: {unknown_level: 2.5}", "evidence: {weight: {live: 1.5}}",
                           "evidence: {weight: {live: -1}}", "evidence: {expiry_days: 0}",
                           "proof: {min_tested: 0}", "prior: 1", "prior: {base: [1]}", "[]"}) {
    const auto model = with_override(yaml);
    ASSERT_FALSE(model.has_value()) << yaml;
    EXPECT_EQ(model.error().code, kBadModel) << yaml;
  }
}

TEST(Model, TheShippedTextIsReadWhole) {
  EXPECT_EQ(parse_model(shipped_text(), "m.yml").value(), shipped());
}

}  // namespace
}  // namespace nepho::coverage
