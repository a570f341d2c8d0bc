#include "exercise/play.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "event/log_source.h"
#include "event/recognise.h"
#include "exercise/errors.h"
#include "exercise/procedure.h"
#include "text/json.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

const Instant kStart = text::parse_timestamp("2026-03-01T10:00:00Z")->time;

class Play : public testing::Test {
 protected:
  Play()
      : operations_(Operations::load(knowledge_, report_)),
        procedures_(load_procedures(knowledge_, operations_, report_)) {}

  Stage stage(std::uint64_t seed = 1, std::string_view provider = "aws") const {
    return {*operations_.find(provider), context_, seed, kStart};
  }

  // The records of steps given in YAML, played as `as`.
  std::vector<Record> played(const std::string& steps, const std::string& as = "iam-user",
                             std::uint64_t seed = 1) {
    const std::string yaml =
        "id: aws.test.play\nname: n\ntechnique: T1000\nlog_sources: [aws.cloudtrail]\nas: " + as +
        "\nsteps:\n" + steps +
        "\nlookalike:\n  - {name: l, steps: [{call: sts:GetCallerIdentity}]}\n";
    LoadReport report;
    const auto procedure = parse_procedure(yaml, "p", "aws.test.play", operations_, report);
    EXPECT_TRUE(procedure) << to_string(report.problems().front());
    if (!procedure) return {};
    auto records = play(procedure->attack, stage(seed), "test");
    EXPECT_TRUE(records) << to_string(records.error());
    return records ? *std::move(records) : std::vector<Record>{};
  }

  static text::JsonDocument json(const Record& record) {
    auto document = text::JsonDocument::parse(record.text);
    EXPECT_TRUE(document) << record.text;
    return *std::move(document);
  }
  static std::string text_at(const Record& record, std::initializer_list<const char*> path) {
    const auto document = json(record);
    std::optional<text::JsonValue> at = document.root();
    for (const char* key : path) {
      if (at) at = at->find(key);
    }
    return at ? std::string(at->text()) : "missing";
  }

  // To the second, by the first of the source's fields that the record has.
  static std::optional<Instant> time_of(const text::JsonValue& root,
                                        const event::LogSource& source) {
    for (const std::string& field : source.time) {
      const auto value = root.find(field);
      if (!value) continue;
      const auto parsed = text::parse_timestamp(value->text());
      if (parsed) return std::chrono::floor<std::chrono::seconds>(parsed->time);
    }
    return std::nullopt;
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  std::vector<Procedure> procedures_;
  Context context_;
};

TEST_F(Play, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  for (const Procedure& procedure : procedures_) {
    const std::string& provider = procedure.facts.provider;
    const auto once = play(procedure.attack, stage(1, provider), procedure.facts.id);
    const auto again = play(procedure.attack, stage(1, provider), procedure.facts.id);
    const auto other = play(procedure.attack, stage(2, provider), procedure.facts.id);
    ASSERT_TRUE(once && again && other) << procedure.facts.id;
    ASSERT_EQ(once->size(), again->size());
    for (std::size_t i = 0; i < once->size(); ++i) {
      EXPECT_EQ((*once)[i].text, (*again)[i].text);
      EXPECT_EQ((*once)[i].delivered_as, (*again)[i].delivered_as);
    }
    EXPECT_NE(once->front().text, other->front().text) << procedure.facts.id;
  }
}

TEST_F(Play, EveryRecordIsReadAsItsLogSourceAndHasItsTime) {
  LoadReport report;
  const auto sources = event::LogSources::load(knowledge_, report);
  const auto order = event::recognition_order(sources);
  for (const Procedure& procedure : procedures_) {
    std::vector<Scenario> all = procedure.lookalikes;
    all.push_back(procedure.attack);
    for (const Scenario& scenario : all) {
      const auto records = play(scenario, stage(1, procedure.facts.provider), procedure.facts.id);
      ASSERT_TRUE(records) << procedure.facts.id << to_string(records.error());
      for (const Record& record : *records) {
        EXPECT_EQ(record.text.find('\n'), std::string::npos);
        if (!record.text.starts_with('{')) continue;  // a line of text: see the tests of the pack
        const auto document = json(record);
        const auto* source = event::recognise(document.root(), order);
        ASSERT_NE(source, nullptr) << record.text;
        EXPECT_TRUE(record.log_source.starts_with(source->id) ||
                    record.log_source == source->part_of)
            << record.log_source;
        EXPECT_EQ(time_of(document.root(), *source), record.time) << record.text;
      }
    }
  }
}

TEST_F(Play, ACallMayBeALineOfAnotherOfTheProvidersLogs) {
  const auto records = played("  - call: flow:Flow\n    request: {port: 22}", "machine");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(records[0].text, testing::MatchesRegex("2 [0-9]+ eni-.* 22 6 20 12000 .* ACCEPT OK"));
  EXPECT_EQ(records[0].log_source, "aws.vpc_flow");
  EXPECT_THAT(records[0].delivered_as, HasSubstr("/vpcflowlogs/"));
  EXPECT_EQ(records[0].envelope, "");
  EXPECT_EQ(played("  - call: s3:ListBuckets")[0].envelope, "Records");
}

TEST_F(Play, ASessionUsesTheKeyThatItsOpeningGave) {
  const auto records = played("  - call: s3:ListBuckets", "role-session");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_TRUE(records[0].is_setup);
  EXPECT_FALSE(records[1].is_setup);
  EXPECT_EQ(text_at(records[0], {"eventName"}), "AssumeRole");
  const std::string key = text_at(records[0], {"responseElements", "credentials", "accessKeyId"});
  EXPECT_THAT(key, HasSubstr("ASIA"));
  EXPECT_EQ(text_at(records[1], {"userIdentity", "accessKeyId"}), key);
  EXPECT_EQ(text_at(records[1], {"userIdentity", "sessionContext", "attributes", "creationDate"}),
            text_at(records[0], {"eventTime"}));
  EXPECT_LT(records[0].time, kStart);
}

TEST_F(Play, AServiceOpensTheSessionOfAnInstanceItself) {
  const auto records = played("  - call: s3:ListBuckets\n    from: {address: foreign}", "ec2-role");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(text_at(records[0], {"sourceIPAddress"}), "ec2.amazonaws.com");
  EXPECT_EQ(text_at(records[0], {"userIdentity", "type"}), "AWSService");
  EXPECT_NE(text_at(records[1], {"sourceIPAddress"}), "ec2.amazonaws.com");
  EXPECT_EQ(text_at(records[0], {"tlsDetails"}), "missing");
}

TEST_F(Play, HoldsNoMoreThanItsBoundNorDoMoulds) {
  Scenario scenario;
  scenario.as = "iam-user";
  Step& step = scenario.steps.emplace_back();
  step.calls = {"s3:ListBuckets"};
  step.times = 700;
  step.record.members.emplace_back(text_tree("note"), text_tree(std::string(100'000, 'n')));
  const auto played = play(scenario, stage(), "test");
  ASSERT_FALSE(played);
  EXPECT_EQ(played.error().code, kTooLarge);
  const auto casts = cast(scenario, stage(), "test");
  ASSERT_FALSE(casts);
  EXPECT_EQ(casts.error().code, kTooLarge);
}

TEST_F(Play, AnAnswerRepeatsWhatWasAsked) {
  const auto records = played("  - {call: iam:CreateUser, request: {userName: mallory}}");
  EXPECT_EQ(text_at(records[0], {"responseElements", "user", "userName"}), "mallory");
  EXPECT_EQ(text_at(records[0], {"responseElements", "user", "arn"}),
            "arn:aws:iam::111122223333:user/mallory");
}

TEST_F(Play, ARefusedCallHasItsCodeAndMessageAndNoAnswer) {
  const auto records = played("  - {call: iam:CreateUser, error: AccessDenied}");
  EXPECT_EQ(text_at(records[0], {"errorCode"}), "AccessDenied");
  EXPECT_THAT(text_at(records[0], {"errorMessage"}),
              HasSubstr("is not authorized to perform: iam:CreateUser"));
  EXPECT_EQ(text_at(records[0], {"responseElements"}), "null");
  EXPECT_EQ(text_at(records[0], {"requestParameters"}), "null");
}

TEST_F(Play, MembersStandInTheOrderInWhichAwsWritesThem) {
  const auto document = json(played("  - call: iam:CreateUser")[0]);
  std::vector<std::string> keys;
  for (const auto& child : document.root().children()) keys.emplace_back(child.key());
  const std::vector<std::string> begin(keys.begin(), keys.begin() + 8);
  EXPECT_THAT(begin,
              testing::ElementsAre("eventVersion", "userIdentity", "eventTime", "eventSource",
                                   "eventName", "awsRegion", "sourceIPAddress", "userAgent"));
  EXPECT_EQ(keys.back(), "tlsDetails");
}

TEST_F(Play, RepetitionsAreNumberedAndSpaced) {
  const auto records = played(
      "  - {call: secretsmanager:GetSecretValue, request: {secretId: 's-{n}'}, times: 3, every: "
      "7s}");
  ASSERT_EQ(records.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(text_at(records[i], {"requestParameters", "secretId"}), "s-" + std::to_string(i + 1));
    EXPECT_EQ(records[i].time, kStart + std::chrono::seconds(7 * i));
  }
}

TEST_F(Play, IdsAreNewInEveryRecord) {
  std::set<std::string> ids;
  for (const Record& record : played("  - {call: iam:ListUsers, times: 50}")) {
    EXPECT_TRUE(ids.insert(text_at(record, {"eventID"})).second);
    EXPECT_TRUE(ids.insert(text_at(record, {"requestID"})).second);
  }
}

TEST_F(Play, TheOrganisationsOwnNamesAreUsed) {
  context_.lists["account_ids"] = {"222233334444"};
  context_.lists["networks"] = {"203.0.113.0/24"};
  context_.lists["provisioning_principals"] = {"arn:aws:iam::*:role/pulumi"};
  const auto records = played("  - call: iam:CreateUser", "provisioning");
  const Record& step = records.back();
  EXPECT_EQ(text_at(step, {"recipientAccountId"}), "222233334444");
  EXPECT_THAT(text_at(step, {"sourceIPAddress"}), HasSubstr("203.0.113."));
  EXPECT_EQ(text_at(step, {"userIdentity", "sessionContext", "sessionIssuer", "arn"}),
            "arn:aws:iam::222233334444:role/pulumi");
}

TEST_F(Play, ForeignAddressesAreNeverTheOrganisations) {
  context_.lists["networks"] = {"203.0.113.0/24", "192.0.2.0/24"};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto records =
        played("  - call: iam:ListUsers\n    from: {address: foreign}", "iam-user", seed);
    EXPECT_THAT(text_at(records[0], {"sourceIPAddress"}), HasSubstr("198.51.100."));
  }
  context_.lists["networks"] = {"0.0.0.0/0"};
  const Scenario scenario{.as = "external", .steps = {Step{.calls = {"sts:AssumeRole"}}}};
  EXPECT_EQ(play(scenario, stage(), "x").error().code, kNoValue);
}

TEST_F(Play, GlobalServicesAreRecordedInTheirRegionAndDataEventsInTheirLog) {
  EXPECT_EQ(text_at(played("  - call: iam:ListUsers")[0], {"awsRegion"}), "us-east-1");
  const auto records = played("  - call: s3:GetObject");
  EXPECT_EQ(records[0].log_source, "aws.cloudtrail.s3_data");
  EXPECT_EQ(text_at(records[0], {"eventCategory"}), "Data");
}

TEST_F(Play, FilesAreNamedAsAwsNamesThem) {
  const auto records = played("  - call: ec2:DescribeVpcs");
  EXPECT_THAT(records[0].delivered_as,
              testing::MatchesRegex("AWSLogs/111122223333/CloudTrail/eu-central-1/2026/03/01/"
                                    "111122223333_CloudTrail_eu-central-1_20260301T10[0-9]+Z_"
                                    "[A-Z2-7]+\\.json\\.gz"));
}

TEST_F(Play, AScenarioOfUnknownNamesFailsAtItsPlace) {
  Step step{.calls = {"iam:NoSuchCall"}};
  step.place = {.file = "p.yml", .line = 7};
  const auto played = play({.as = "iam-user", .steps = {step}}, stage(), "x");
  ASSERT_FALSE(played);
  EXPECT_EQ(played.error().code, kUnknownName);
  EXPECT_EQ(played.error().place.line, 7U);
}

}  // namespace
}  // namespace nepho::exercise
