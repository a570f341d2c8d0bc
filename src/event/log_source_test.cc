#include "event/log_source.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/errors.h"
#include "event/log_source_file.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;

constexpr std::string_view kFile = R"(
id: example.audit
provider: example
title: Example audit
sigma:
  - {product: Example, service: audit}
  - {category: sign_in}
recognised_by:
  - [{kind: [audit, "login*"]}, actor.id]
time: [when, received]
aliases:
  elastic:
    event.action: action
    example.request: request
  sentinel: {Action: [action, request.action]}
schema:
  action: string
  request: [object, "null"]
  sourceIPAddress: string
)";

LogSource parsed(std::string_view yaml) {
  LoadReport report;
  auto source = parse_log_source(yaml, "x.yml", report);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  return source.value_or(LogSource{});
}

std::string first_problem(std::string_view yaml) {
  LoadReport report;
  EXPECT_FALSE(parse_log_source(yaml, "x.yml", report));
  return report.problems().empty() ? "" : to_string(report.problems().front());
}

TEST(LogSource, ReadsEveryPartOfAFile) {
  const LogSource source = parsed(kFile);
  EXPECT_EQ(source.id, "example.audit");
  EXPECT_EQ(source.sigma.size(), 2U);
  EXPECT_EQ(source.sigma[1].category, "sign_in");
  ASSERT_EQ(source.recognised_by.size(), 1U);
  EXPECT_THAT(source.recognised_by[0][0].values, ElementsAre("audit", "login*"));
  EXPECT_EQ(source.recognised_by[0][1].path, "actor.id");
  EXPECT_THAT(source.time, ElementsAre("when", "received"));
  EXPECT_EQ(source.schema.find("request")->second, "null|object");
  EXPECT_EQ(source.aliases[2].origin, "sentinel");
}

TEST(LogSource, RefusesAnUnknownKeyWithItsPlaceAndAWayOut) {
  EXPECT_EQ(first_problem("id: a\ntitle: b\naliase:\n  x: {a: b}\n"),
            "x.yml:3:1: error[event.unknown_key]: no such key: aliase\n   did you mean 'aliases'?");
}

TEST(LogSource, RefusesAnUnknownPartOfALogsource) {
  EXPECT_EQ(
      first_problem("id: a\ntitle: b\nsigma: [{prodct: aws}]\n"),
      "x.yml:3:10: error[event.unknown_key]: no such key: prodct\n   did you mean 'product'?");
}

TEST(LogSource, RefusesATypeThatJsonDoesNotHave) {
  EXPECT_EQ(first_problem("id: a\ntitle: b\nschema: {x: strng}\n"),
            "x.yml:3:13: error[event.bad_value]: expected a JSON type, came: strng\n"
            "   did you mean 'string'?");
}

TEST(LogSource, MaySayHowLongItIsSilent) {
  EXPECT_EQ(parsed(kFile).silence, std::nullopt);
  EXPECT_EQ(parsed(fmt::format("{}silence: 7d\n", kFile)).silence, std::chrono::days(7));
  EXPECT_THAT(first_problem(fmt::format("{}silence: often\n", kFile)),
              testing::HasSubstr("expected a timespan"));
}

TEST(LogSource, NeedsAnId) {
  EXPECT_EQ(first_problem("title: b\n"),
            "x.yml:1:1: error[event.missing_key]: expected the key 'id' with a text");
}

TEST(LogSource, RefusesAnEmptyGroupOfSigns) {
  EXPECT_EQ(first_problem("id: a\ntitle: b\nrecognised_by: [[]]\n"),
            "x.yml:3:17: error[event.bad_value]: expected at least one sign");
}

TEST(LogSource, GivesTheNameItselfBeforeItsAliases) {
  EXPECT_THAT(parsed(kFile).paths_of("event.action"), ElementsAre("event.action", "action"));
  EXPECT_THAT(parsed(kFile).paths_of("Action"), ElementsAre("Action", "action", "request.action"));
}

TEST(LogSource, LetsAnAliasServeForWhatLiesBelowIt) {
  EXPECT_THAT(parsed(kFile).paths_of("example.request.user.name"),
              ElementsAre("example.request.user.name", "request.user.name"));
  EXPECT_THAT(parsed(kFile).paths_of("example.requests"), ElementsAre("example.requests"));
}

TEST(LogSource, FollowsAliasesOfAliasesSoThatForeignNamesFindEachOther) {
  const LogSource star = parsed(R"(
id: a
title: b
aliases:
  elastic: {event.action: call}
  sentinel: {CallName: call}
  native:
    call: [event.action, CallName]
    body: [payload, json_payload]
    payload.user: Who
schema: {call: string}
)");
  EXPECT_THAT(star.paths_of("CallName"), ElementsAre("CallName", "call", "event.action"));
  EXPECT_THAT(star.paths_of("event.action"), ElementsAre("event.action", "call", "CallName"));
  EXPECT_THAT(star.paths_of("Call"), ElementsAre("Call", "call", "event.action", "CallName"));
  EXPECT_THAT(star.paths_of("body.user"),
              ElementsAre("body.user", "payload.user", "json_payload.user", "Who"));
}

TEST(LogSource, FollowsAliasesNoDeeperThanOneThatLeadsBelowItself) {
  const LogSource source = parsed("id: a\ntitle: b\naliases: {x: {a: a.b}}\n");
  EXPECT_THAT(source.paths_of("a"), ElementsAre("a", "a.b"));
  const LogSource agents = parsed(R"(
id: a
title: b
aliases: {x: {agent: userAgent}, y: {agent.original: userAgent, userAgent: agent.original}}
)");
  EXPECT_THAT(agents.paths_of("agent"), ElementsAre("agent", "userAgent", "agent.original"));
}

TEST(LogSource, FollowsTheAliasesOfAliasesOneStepAndNoFurther) {
  std::string yaml = "id: a\ntitle: b\naliases:\n  x:\n";
  for (int i = 0; i < 1'000; ++i) yaml += fmt::format("    a{}: a{}\n", i, i + 1);
  EXPECT_THAT(parsed(yaml).paths_of("a0"), ElementsAre("a0", "a1", "a2"));
}

TEST(LogSource, TakesANameThatDiffersOnlyInCaseForTheSchemas) {
  EXPECT_THAT(parsed(kFile).paths_of("sourceipaddress"),
              ElementsAre("sourceipaddress", "sourceIPAddress"));
}

TEST(LogSource, DoesNotLookForOtherCasesOfANameTheSchemaHas) {
  EXPECT_THAT(parsed(kFile).paths_of("sourceIPAddress"), ElementsAre("sourceIPAddress"));
}

TEST(LogSource, TakesTheBracesOfSplunksArraysForNothing) {
  EXPECT_THAT(parsed(kFile).paths_of("event{}.action"),
              ElementsAre("event{}.action", "event.action", "action"));
  EXPECT_THAT(parsed(kFile).paths_of("request{}.list{}{}"),
              ElementsAre("request{}.list{}{}", "request.list"));
}

TEST(LogSource, TakesTheBracketsOfJqAndJsonPathForNothing) {
  EXPECT_THAT(parsed(kFile).paths_of("request[].list[*].name"),
              ElementsAre("request[].list[*].name", "request.list.name"));
  // Of one element only: that is asked with --array-matching.
  EXPECT_THAT(parsed(kFile).paths_of("request.list[0]"), ElementsAre("request.list[0]"));
}

TEST(LogSource, FindsTheElementsOfAnArrayThatIsWrittenAsText) {
  const LogSource source = parsed(
      "id: a\ntitle: b\ninner_json: list\n"
      "pivots: {list.of: {name: key, value: value}}\n");
  EXPECT_THAT(source.paths_of("list.of.Role"),
              ElementsAre("list.of.Role", "list.of.\x1Ekey\x1ERole\x1E.value",
                          "list.\x1D.of.\x1Ekey\x1ERole\x1E.value", "list.\x1D.of.Role"));
}

class LoadedLogSources : public testing::Test {
 protected:
  LoadedLogSources() : sources_(LogSources::load(knowledge_, report_)) {}

  std::vector<std::string> ids(std::string_view product, std::string_view category,
                               std::string_view service) const {
    std::vector<std::string> all;
    for (const auto* source : sources_.for_sigma(product, category, service)) {
      all.push_back(source->id);
    }
    return all;
  }

  Knowledge knowledge_;
  LoadReport report_;
  LogSources sources_;
};

TEST_F(LoadedLogSources, LoadWithoutAProblem) {
  for (const auto& problem : report_.problems()) ADD_FAILURE() << to_string(problem);
  EXPECT_NE(sources_.find("aws.cloudtrail"), nullptr);
  EXPECT_NE(sources_.find("generic"), nullptr);
  EXPECT_EQ(sources_.find("aws.cloudtrial"), nullptr);
}

TEST_F(LoadedLogSources, AreFoundBySigmasLogsourceWhateverItsCase) {
  EXPECT_THAT(ids("aws", "", "cloudtrail"), ElementsAre("aws.cloudtrail"));
  EXPECT_THAT(ids("AWS", "", "CloudTrail"), ElementsAre("aws.cloudtrail"));
  EXPECT_TRUE(ids("aws", "", "clouttrail").empty());
}

TEST_F(LoadedLogSources, NeedAPartThatBothName) {
  EXPECT_TRUE(ids("", "process_creation", "").empty());
  EXPECT_TRUE(ids("", "", "").empty());
}

TEST_F(LoadedLogSources, FitARuleThatLeavesPartsOut) {
  EXPECT_THAT(ids("aws", "", ""), testing::Contains("aws.cloudtrail"));
  EXPECT_THAT(ids("", "", "cloudtrail"), ElementsAre("aws.cloudtrail"));
}

TEST_F(LoadedLogSources, NeverMeanTheGenericOneByALogsource) {
  EXPECT_THAT(ids("", "", ""), testing::Not(testing::Contains("generic")));
}

TEST_F(LoadedLogSources, KnowTheOtherNamesOfCloudTrailsFields) {
  const LogSource& source = *sources_.find("aws.cloudtrail");
  EXPECT_THAT(source.paths_of("eventName"),
              ElementsAre("eventName", "event.action", "EventName", "eventname", "Event name"));
  EXPECT_THAT(source.paths_of("aws.cloudtrail.flattened.request_parameters.userName"),
              testing::Contains("requestParameters.userName"));
  EXPECT_THAT(source.paths_of("UserIdentityArn"), testing::Contains("userIdentity.arn"));
}

TEST(LogSources, AreNamedByIdAndByOtherNames) {
  LogSource audit;
  audit.id = "entra.audit";
  audit.other_names = {"AuditLogs", "azure_monitor_aad"};
  LogSource signin;
  signin.id = "entra.signin";
  signin.other_names = {"SigninLogs", "azure_monitor_aad"};
  const LogSources sources({signin, audit});
  const auto named = [&](std::string_view text) {
    std::vector<std::string> ids;
    for (const LogSource* source : sources.named_in(text)) ids.push_back(source->id);
    return ids;
  };
  EXPECT_EQ(named("auditlogs | where x"), std::vector<std::string>{"entra.audit"});
  EXPECT_EQ(named("`azure_monitor_aad`"),
            (std::vector<std::string>{"entra.audit", "entra.signin"}));
  EXPECT_EQ(named("entra.signin"), std::vector<std::string>{"entra.signin"});
  EXPECT_TRUE(named("MyAuditLogs2").empty());
}

LogSources whole_and_part() {
  return LogSources({parsed(R"(
id: cloud.audit
provider: cloud
title: Cloud audit
sigma: [{product: cloud, service: audit}]
time: [when]
actor: [who]
aliases: {elastic: {user.name: who}}
schema: {when: string, who: string}
)"),
                     parsed(R"(
id: cluster.cloud
provider: cluster
part_of: cloud.audit
title: Cluster audit of the cloud
sigma: [{product: cluster, service: audit}]
actor: [request.who]
schema: {request: object}
)")});
}

std::vector<std::string> ids(const std::vector<const LogSource*>& sources) {
  std::vector<std::string> ids;
  for (const LogSource* source : sources) ids.push_back(source->id);
  return ids;
}

TEST(LogSources, RulesOfTheWholeReadItsParts) {
  const LogSources sources = whole_and_part();
  EXPECT_THAT(ids(sources.read_by("cloud", "", "audit")),
              ElementsAre("cloud.audit", "cluster.cloud"));
  EXPECT_THAT(ids(sources.read_by("cluster", "", "audit")), ElementsAre("cluster.cloud"));
}

TEST(LogSources, RulesOfTheWholeAreNotMeantForThePart) {
  EXPECT_THAT(ids(whole_and_part().for_sigma("cloud", "", "audit")), ElementsAre("cloud.audit"));
}

TEST(LogSources, APartTakesOverWhatItDoesNotSayItself) {
  const LogSources sources = whole_and_part();
  const LogSource& part = *sources.find("cluster.cloud");
  EXPECT_THAT(part.time, ElementsAre("when"));
  EXPECT_THAT(part.actor, ElementsAre("request.who"));
  EXPECT_THAT(part.paths_of("user.name"), ElementsAre("user.name", "who"));
  EXPECT_TRUE(part.knows("who"));
  EXPECT_TRUE(part.knows("request.anything"));
  EXPECT_TRUE(part.recognised_by.empty());
}

}  // namespace
}  // namespace nepho::event
