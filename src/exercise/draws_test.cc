#include "exercise/draws.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"

namespace nepho::exercise {
namespace {

using ::testing::AnyOf;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

ValueDefinitions definitions(std::string_view yaml) {
  LoadReport report;
  auto parsed = parse_values(text::parse_yaml(yaml, "values.yml").value(), "values.yml", report);
  EXPECT_EQ(report.num_errors(), 0U) << to_string(report.problems().front());
  return parsed;
}

std::string drawn(std::string_view yaml, std::string_view name, const Context& context = {},
                  std::uint64_t seed = 1) {
  const auto shared = definitions(yaml);
  const ValueDefinitions own;
  const auto value = Draws(shared, own, context, seed).value(name);
  return value ? *value : "error " + std::string(value.error().code.name());
}

TEST(Draws, ChooseOneOfAListAndExpandIt) {
  EXPECT_THAT(drawn("{user: [ada, bob]}", "user"), AnyOf("ada", "bob"));
  EXPECT_THAT(drawn("{key: 'AKIA{upper:16}'}", "key"), MatchesRegex("AKIA[A-Z2-7]+"));
  EXPECT_THAT(drawn("{account: '1', arn: 'a:{account}:{hex:2}'}", "arn"), StartsWith("a:1:"));
}

TEST(Draws, ANumberBehindANameIsAnotherValue) {
  const auto shared = definitions("{key: '{upper:16}'}");
  const ValueDefinitions own;
  const Context context;
  Draws draws(shared, own, context, 1);
  EXPECT_NE(draws.value("key").value(), draws.value("key2").value());
  EXPECT_EQ(draws.value("key").value(), draws.value("key").value());
}

TEST(Draws, TheOrganisationsListComesBeforeOurStandIn) {
  constexpr std::string_view kYaml = "{account: {of: account_ids, else: ['111122223333']}}";
  EXPECT_EQ(drawn(kYaml, "account"), "111122223333");
  EXPECT_EQ(drawn(kYaml, "account", {{{"account_ids", {"999999999999"}}}}), "999999999999");
}

TEST(Draws, AnEntryThatAnotherProviderMeansIsPassedOver) {
  constexpr std::string_view kYaml =
      "{provisioning: {of: provisioning_principals, begins: 'arn:', else: ['arn:ours']}}";
  const auto with = [](std::vector<std::string> entries) {
    return Context{{{"provisioning_principals", std::move(entries)}}};
  };
  const auto both = with({"system:serviceaccount:flux:sync", "arn:theirs"});
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(drawn(kYaml, "provisioning", both, seed), "arn:theirs");
  }
  EXPECT_EQ(drawn(kYaml, "provisioning", with({"system:serviceaccount:flux:sync"})), "arn:ours");
  EXPECT_THAT(drawn(kYaml, "provisioning", with({"*:role/terraform"})),
              MatchesRegex("-[a-z]+:role/terraform"));
}

TEST(Draws, AStrangerIsNeverOneOfTheOrganisation) {
  constexpr std::string_view kYaml =
      "{foreign: {as: address, one_of: [198.51.100.0/24, 203.0.113.0/24], not_in: [networks]}}";
  const Context context{{{"networks", {"203.0.113.0/24"}}}};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_THAT(drawn(kYaml, "foreign", context, seed), StartsWith("198.51.100."));
  }
  const Context all{{{"networks", {"0.0.0.0/0"}}}};
  EXPECT_EQ(drawn(kYaml, "foreign", all), "error exercise.no_value");
}

TEST(Draws, APatternOfAPrincipalBecomesOneThatItMeans) {
  constexpr std::string_view kYaml =
      "{account: '111122223333', arn: {of: principals, else: [x]}, "
      "name: {as: name, one_of: ['{arn}']}, path: {as: path, one_of: ['{arn}']}, "
      "owner: {as: account, one_of: ['{arn}']}}";
  const Context context{{{"principals", {"arn:aws:iam::*:role/ci/terraform*"}}}};
  EXPECT_THAT(drawn(kYaml, "arn", context),
              MatchesRegex("arn:aws:iam::111122223333:role/ci/terraform-[a-z]+"));
  EXPECT_THAT(drawn(kYaml, "name", context), MatchesRegex("terraform-[a-z]+"));
  EXPECT_EQ(drawn(kYaml, "path", context), "/ci/");
  EXPECT_EQ(drawn(kYaml, "owner", context), "111122223333");
}

TEST(Draws, ReadTheRoleOfASession) {
  constexpr std::string_view kYaml =
      "{name: {as: name, one_of: ['arn:aws:sts::1:assumed-role/deploy/run-7']}, "
      "session: {as: session, one_of: ['arn:aws:sts::1:assumed-role/deploy/run-7']}}";
  EXPECT_EQ(drawn(kYaml, "name"), "deploy");
  EXPECT_EQ(drawn(kYaml, "session"), "run-7");
}

TEST(Draws, EndWhereDefinitionsNameEachOtherInACircle) {
  EXPECT_EQ(drawn("{a: '{b}{b}', b: '{a}{a}'}", "a"), "error exercise.too_deep");
  EXPECT_EQ(drawn("{a: '{zzz}'}", "a"), "error exercise.unknown_name");
}

TEST(Draws, AValueOfOneNameDoesNotDependOnTheOthersDrawnBefore) {
  const auto shared = definitions("{a: '{hex:8}', b: '{hex:8}'}");
  const ValueDefinitions own;
  const Context context;
  Draws first(shared, own, context, 5);
  Draws second(shared, own, context, 5);
  (void)first.value("a");
  EXPECT_EQ(first.value("b").value(), second.value("b").value());
}

TEST(Draws, DefinitionsSayWhatIsWrongWithThem) {
  LoadReport report;
  parse_values(
      text::parse_yaml("{a: {one_off: [x]}, b: {one_of: [x], as: adress}, c: []}", "v.yml").value(),
      "v.yml", report);
  ASSERT_EQ(report.num_errors(), 3U);
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 'one_of'?");
  EXPECT_EQ(report.problems()[1].error.hint, "did you mean 'address'?");
  EXPECT_EQ(report.problems()[1].error.place.line, 1U);
}

}  // namespace
}  // namespace nepho::exercise
