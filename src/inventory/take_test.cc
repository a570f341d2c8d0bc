// From the text of a rule to its detection, against the built-in catalogue (ATT&CK 19.1), providers
// and log sources.
#include "inventory/take.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/library.h"
#include "inventory/write_json.h"
#include "text/json.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What the program knows, loaded once for all tests.
const References& references(std::string_view version = "19.1") {
  static const Knowledge kKnowledge;
  static const auto kNew = attack::load_catalogue(kKnowledge, "19.1");
  static const auto kOld = attack::load_catalogue(kKnowledge, "18.1");
  static const auto kProviders = attack::Providers::load(kKnowledge);
  static LoadReport report;
  static const auto kSources = event::LogSources::load(kKnowledge, report);
  static const References kReferences{*kNew, *kProviders, kSources};
  static const References kOldReferences{*kOld, *kProviders, kSources};
  return version == "19.1" ? kReferences : kOldReferences;
}

Inventory take_text(const std::string& yaml, const References& with = references()) {
  auto documents = sigma::parse_documents(yaml, "r.yml", {});
  sigma::link_documents(documents, {});
  return take_documents(documents, with);
}

// A rule with these tags, in flow YAML on line 3.
std::string rule_with(const std::string& tags,
                      const std::string& logsource = "{product: aws, service: cloudtrail}") {
  return "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [" + tags +
         "]\nlogsource: " + logsource + "\ndetection:\n    s: {eventName: x}\n    condition: s\n";
}

Detection detection_of(const std::string& tags, const References& with = references()) {
  const Inventory inventory = take_text(rule_with(tags), with);
  EXPECT_EQ(inventory.detections.size(), 1U);
  return inventory.detections.at(0);
}

std::vector<std::string> codes(const Detection& detection) {
  std::vector<std::string> all;
  for (const Problem& problem : detection.problems) all.emplace_back(problem.error.code.name());
  return all;
}

TEST(Take, ReadsTechniquesTacticsAndWhoseLogs) {
  const Detection detection = detection_of(
      "attack.t1136.003, attack.T1098/001, attack.persistence, cve.2021-1, attack.g0016, "
      "attack.ds0025");
  EXPECT_THAT(detection.techniques, ElementsAre("T1098.001", "T1136.003"));
  EXPECT_THAT(detection.tactics, ElementsAre("TA0003"));
  EXPECT_THAT(detection.providers, ElementsAre("aws"));
  EXPECT_THAT(detection.log_sources, ElementsAre("aws.cloudtrail"));
  EXPECT_THAT(detection.problems, IsEmpty());
  EXPECT_TRUE(detection.runnable);
  EXPECT_TRUE(detection.enabled);
}

TEST(Take, NamesTheSameToWhoOnlyRunsTheRule) {
  for (const std::string tags :
       {"attack.t1136.003, attack.T1098/001, attack.persistence, cve.2021-1", "attack.t1562.008",
        "attack.t9999, attack.defense-evasion, attack.stealth", "cve.2021-1", ""}) {
    const auto documents = sigma::parse_documents(rule_with(tags), "r.yml", {});
    ASSERT_EQ(documents.size(), 1U) << tags;
    const Detection detection = detection_of(tags);
    const Named named = named_by(documents[0].rule, references());
    EXPECT_EQ(named.techniques, detection.techniques) << tags;
    EXPECT_EQ(named.tactics, detection.tactics) << tags;
  }
}

TEST(Take, RetiredIdsCountAsTheirSuccessors) {
  const Detection detection = detection_of("attack.t1562.008");
  EXPECT_THAT(detection.techniques, ElementsAre("T1685.002"));
  ASSERT_THAT(codes(detection), ElementsAre("retired-technique"));
  EXPECT_EQ(detection.problems[0].fix, "attack.t1685.002");
  EXPECT_EQ(to_string(detection.problems[0].error.place), "r.yml:3:8");
}

TEST(Take, SaysWhatIsWrongWithAnId) {
  EXPECT_THAT(codes(detection_of("attack.t1999, attack.t1078.004")),
              ElementsAre("unknown-technique"));
  EXPECT_THAT(codes(detection_of("attack.t10789, attack.t1078.004")),
              ElementsAre("malformed-technique"));
  EXPECT_THAT(codes(detection_of("attack.t0859, attack.t1078.004")), ElementsAre("other-matrix"));
  EXPECT_THAT(codes(detection_of("attack.t1108, attack.t1078.004")),
              Contains(HasSubstr("technique")));
}

TEST(Take, TacticsOfEitherVocabularyAreUnderstood) {
  const Detection moved = detection_of("attack.defense-evasion, attack.t1562.008");
  EXPECT_THAT(moved.tactics, ElementsAre("TA0112"));
  EXPECT_THAT(codes(moved), Contains("renamed-tactic"));
  EXPECT_THAT(detection_of("attack.defense_evasion, attack.t1078.004").tactics,
              ElementsAre("TA0005"));
  const Detection back =
      detection_of("attack.defense-impairment, attack.t1562.008", references("18.1"));
  EXPECT_THAT(back.tactics, ElementsAre("TA0005"));
  EXPECT_THAT(back.techniques, ElementsAre("T1562.008"));
}

TEST(Take, MisspeltTacticsGetADidYouMean) {
  const Detection detection = detection_of("attack.persistance, attack.t1136.003");
  ASSERT_THAT(codes(detection), ElementsAre("unknown-tag"));
  EXPECT_THAT(detection.problems[0].error.hint, HasSubstr("persistence"));
}

TEST(Take, RulesWithoutTechniqueAreNamed) {
  EXPECT_THAT(codes(detection_of("")), ElementsAre("unmapped"));
  EXPECT_THAT(codes(detection_of("attack.persistence")), ElementsAre("tactic-only"));
}

// The correlation says what is found; what it is made of alerts on nothing.
TEST(Take, ARuleThatOnlyFeedsCorrelationsNeedsNoTechnique) {
  const auto detections = [](const std::string& generate) {
    return take_text(
               "title: a\nname: a\nlogsource: {product: aws, service: cloudtrail}\n"
               "detection: {s: {eventName: x}, condition: s}\n---\n"
               "title: c\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [attack.t1136.003]\n"
               "correlation: {type: event_count, rules: [a], timespan: 1h, " +
               generate + "condition: {gte: 2}}\n")
        .detections;
  };
  const auto silent = detections("");
  ASSERT_EQ(silent.size(), 2U);
  EXPECT_TRUE(silent[0].is_silent);
  EXPECT_THAT(codes(silent[0]), IsEmpty());
  EXPECT_FALSE(silent[1].is_silent);
  const auto speaking = detections("generate: true, ");
  EXPECT_FALSE(speaking[0].is_silent);
  EXPECT_THAT(codes(speaking[0]), ElementsAre("unmapped"));
}

TEST(Take, ChecksTheMappingAgainstAttack) {
  EXPECT_THAT(codes(detection_of("attack.t1218.011")), ElementsAre("not-on-platform"));
  EXPECT_THAT(codes(detection_of("attack.t1136.003, attack.exfiltration")),
              ElementsAre("tactic-mismatch"));
  EXPECT_THAT(codes(detection_of("attack.t1136")), ElementsAre("parent-only"));
  EXPECT_THAT(
      codes(detection_of(
          "attack.t1136.003, attack.t1098.001, attack.t1098.003, attack.t1530, attack.t1537, "
          "attack.t1619")),
      ElementsAre("many-techniques"));
}

TEST(Take, AParentBesideItsSubIsMeant) {
  EXPECT_THAT(codes(detection_of("attack.t1136, attack.t1136.003")), IsEmpty());
  EXPECT_THAT(codes(detection_of("attack.t1136, attack.t1098.001")), ElementsAre("parent-only"));
}

TEST(Take, AnExceptionOfOursGoesBeforeTheirPlatforms) {
  // ATT&CK 19 has T1484.002 on Identity Provider and Windows; IAM has SAML and OIDC providers.
  EXPECT_THAT(codes(detection_of("attack.t1484.002")), ElementsAre("not-on-platform"));
  attack::ApplicabilityModel model(references().catalogue, references().providers);
  ASSERT_TRUE(model.load_curated(Knowledge()));
  const References with{references().catalogue, references().providers, references().log_sources,
                        &model};
  EXPECT_THAT(codes(detection_of("attack.t1484.002", with)), IsEmpty());
  EXPECT_THAT(codes(detection_of("attack.t1218.011", with)), ElementsAre("not-on-platform"));
}

TEST(Take, KnowsProvidersOfLogsThatItCannotReadYet) {
  const auto providers = [](const std::string& logsource) {
    return take_text(rule_with("attack.t1078.004", logsource)).detections.at(0).providers;
  };
  EXPECT_THAT(providers("{product: azure, service: signinlogs}"), ElementsAre("entra"));
  EXPECT_THAT(providers("{product: azure, service: activitylogs}"), ElementsAre("azure"));
  EXPECT_THAT(providers("{product: gcp, service: google_workspace.admin}"), ElementsAre("gws"));
  EXPECT_THAT(providers("{product: windows, category: process_creation}"), IsEmpty());
  EXPECT_THAT(providers("{category: webserver}"), ElementsAre("aws"));  // load balancers'
  EXPECT_THAT(providers("{product: Azure, service: ActivityLogs}"), ElementsAre("azure"));
  EXPECT_THAT(providers("{product: GCP, service: Google_Workspace.admin}"), ElementsAre("gws"));
  EXPECT_THAT(providers("{product: gcp, service: google_work}"), ElementsAre("gcp"));
  EXPECT_THAT(providers("{product: okta}"), ElementsAre("okta"));
}

TEST(Take, ALogsourceOfNobodyKnownIsNoted) {
  const auto inventory = take_text(rule_with("attack.t1190", "{category: antivirus}"));
  const Detection& detection = inventory.detections.at(0);
  ASSERT_THAT(codes(detection), ElementsAre("unknown-log-source"));
  EXPECT_EQ(detection.problems[0].severity, Severity::kNote);
  EXPECT_THAT(detection.problems[0].error.message, HasSubstr("category 'antivirus'"));
}

// Those are objects of ATT&CK too, and tags of other namespaces are none of our business.
TEST(Take, TagsOfGroupsSoftwareAndOthersArePassedOver) {
  const Detection detection = detection_of(
      "attack.t1136.003, attack.g0016, attack.S0154, attack.ds0025, attack.dc0078, attack.c0024, "
      "attack.m1032, attack.det0403, attack.an1131, car.2013-05-004, detection.threat-hunting");
  EXPECT_THAT(detection.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(detection.problems, IsEmpty());
}

TEST(Take, AnObjectsIdNeedsItsDigits) {
  EXPECT_THAT(codes(detection_of("attack.t1136.003, attack.g")), ElementsAre("unknown-tag"));
  EXPECT_THAT(codes(detection_of("attack.t1136.003, attack.g0016x")), ElementsAre("unknown-tag"));
  EXPECT_THAT(codes(detection_of("attack.t1136.003, attack.x0016")), ElementsAre("unknown-tag"));
}

TEST(Take, ATacticByItsIdCountsAndMustBeThere) {
  const Detection known = detection_of("attack.t1136.003, attack.ta0003");
  EXPECT_THAT(known.tactics, ElementsAre("TA0003"));
  EXPECT_THAT(known.problems, IsEmpty());
  const Detection unknown = detection_of("attack.t1136.003, attack.ta0999");
  EXPECT_THAT(unknown.tactics, IsEmpty());
  EXPECT_THAT(codes(unknown), ElementsAre("unknown-tactic"));
}

TEST(Take, TheSameTechniqueTwiceCountsOnce) {
  const Detection detection = detection_of("attack.t1562, attack.T1562.001, attack.t1685");
  EXPECT_THAT(detection.techniques, ElementsAre("T1685"));
}

TEST(Take, FiveTechniquesAreNotManyYet) {
  EXPECT_THAT(codes(detection_of("attack.t1136.003, attack.t1098.001, attack.t1098.003, "
                                 "attack.t1530, attack.t1537")),
              IsEmpty());
}

TEST(Take, AFieldIsNamedOnceWithThePlaceAndTheOneMeant) {
  const Inventory inventory = take_text(
      "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [attack.t1136.003]\n"
      "logsource: {product: aws, service: cloudtrail}\ndetection:\n"
      "    s:\n        evntName: x\n    t:\n        evntName: y\n    condition: s or t\n");
  const Detection& detection = inventory.detections.at(0);
  ASSERT_THAT(codes(detection), ElementsAre("unknown-field"));
  EXPECT_EQ(to_string(detection.problems[0].error.place), "r.yml:7:9");
  EXPECT_THAT(detection.problems[0].error.hint, HasSubstr("'eventName'"));
}

TEST(Take, KeywordsAreNoFields) {
  const Inventory inventory = take_text(
      "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [attack.t1136.003]\n"
      "logsource: {product: aws, service: cloudtrail}\ndetection:\n"
      "    k: [one, two]\n    condition: k\n");
  EXPECT_THAT(codes(inventory.detections.at(0)), IsEmpty());
}

TEST(Take, FieldsThatNoRecordHasAreNamed) {
  const auto fields = [](const std::string& field) {
    return codes(
        take_text("title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [attack.t1136.003]\n"
                  "logsource: {product: aws, service: cloudtrail}\ndetection:\n    s: {" +
                  field + ": x}\n    condition: s\n")
            .detections.at(0));
  };
  EXPECT_THAT(fields("evntName"), ElementsAre("unknown-field"));
  EXPECT_THAT(fields("eventname"), IsEmpty());
  EXPECT_THAT(fields("userIdentity.arn"), IsEmpty());
  EXPECT_THAT(fields("userIdentity"), IsEmpty());
  EXPECT_THAT(fields("requestParameters.anything.at.all"), IsEmpty());
  EXPECT_THAT(fields("userIdentity.sessionContext.nothing"), ElementsAre("unknown-field"));
}

TEST(Take, AFieldThatOnlyAnExceptionAsksForIsANote) {
  const auto severity = [](const std::string& condition) {
    return take_text(
               "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntags: [attack.t1136.003]\n"
               "logsource: {product: aws, service: cloudtrail}\ndetection:\n"
               "    s: {eventName: CreateUser}\n    f: {evntName: x}\n    condition: " +
               condition + "\n")
        .detections.at(0)
        .problems.at(0)
        .severity;
  };
  EXPECT_EQ(severity("s and f"), Severity::kWarning);
  EXPECT_EQ(severity("s and not f"), Severity::kNote);
  EXPECT_EQ(severity("s or f"), Severity::kNote);
}

TEST(Take, RetiredStatusOrFolderSwitchesOff) {
  const auto off =
      sigma::parse_documents("status: deprecated\n" + rule_with("attack.t1078.004"), "r.yml", {});
  EXPECT_FALSE(to_detection(off[0], references())->enabled);
  const auto top = sigma::parse_documents(rule_with("attack.t1078.004"), "unsupported/r.yml", {});
  EXPECT_FALSE(to_detection(top[0], references())->enabled);
  const auto like =
      sigma::parse_documents(rule_with("attack.t1078.004"), "x/not_deprecated/r.yml", {});
  EXPECT_TRUE(to_detection(like[0], references())->enabled);
  const auto folder =
      sigma::parse_documents(rule_with("attack.t1078.004"), "x/deprecated/r.yml", {});
  EXPECT_FALSE(to_detection(folder[0], references())->enabled);
}

TEST(Take, UnreadableFilesAreDetectionsToo) {
  const Inventory inventory = take_text("title: [\n");
  ASSERT_EQ(inventory.detections.size(), 1U);
  EXPECT_FALSE(inventory.detections[0].runnable);
  EXPECT_EQ(inventory.detections[0].path, "r.yml");
  ASSERT_THAT(codes(inventory.detections[0]), ElementsAre("yaml.syntax"));
  EXPECT_TRUE(is_reading_problem(inventory.detections[0].problems[0]));
}

TEST(Take, FiltersAndOtherYamlAreNoDetections) {
  const Inventory inventory = take_text(
      "on: push\n---\ntitle: f\nlogsource: {product: aws}\nfilter: {rules: any, s: {u: x}, "
      "condition: s}\n");
  EXPECT_THAT(inventory.detections, IsEmpty());
  EXPECT_EQ(inventory.report.problems().size(), 1U);
}

TEST(Take, CorrelationsReadTheLogsOfTheirRules) {
  const Inventory inventory = take_text(
      "title: a\nname: a\nlogsource: {product: aws, service: cloudtrail}\n"
      "detection: {s: {eventName: ConsoleLogin}, condition: s}\n---\n"
      "title: c\nid: 0a1b2c3d-0000-4000-8000-000000000007\nlevel: high\n"
      "tags: [attack.t1110.003]\n"
      "correlation: {type: event_count, rules: a, group-by: sourceIPAddress, timespan: 10m, "
      "condition: {gte: 5}}\n");
  ASSERT_EQ(inventory.detections.size(), 2U);
  const Detection& correlation = inventory.detections[1];
  EXPECT_TRUE(correlation.runnable);
  EXPECT_THAT(correlation.log_sources, ElementsAre("aws.cloudtrail"));
  EXPECT_THAT(correlation.providers, ElementsAre("aws"));
  EXPECT_THAT(correlation.techniques, ElementsAre("T1110.003"));
  EXPECT_EQ(correlation.hash.size(), 32U);
}

TEST(Take, CorrelationsWithErrorsAreListedAndNotRun) {
  const Inventory inventory = take_text(
      "title: c\nid: 0a1b2c3d-0000-4000-8000-000000000007\ntags: [attack.t1110.003]\ncorrelation: "
      "{type: event_count}\n");
  ASSERT_EQ(inventory.detections.size(), 1U);
  EXPECT_FALSE(inventory.detections[0].runnable);
  EXPECT_THAT(inventory.detections[0].techniques, ElementsAre("T1110.003"));
}

TEST(Take, JsonHasEveryFieldOfTheContract) {
  text::JsonWriter json;
  write(detection_of("attack.t1562.008"), json);
  const auto document = text::JsonDocument::parse(json.text());
  ASSERT_TRUE(document);
  const text::JsonValue root = document->root();
  for (const char* key : {"id", "name", "format", "path", "providers", "log_sources", "techniques",
                          "tactics", "level", "status", "enabled", "runnable", "problems"})
    EXPECT_TRUE(root.find(key)) << key;
  EXPECT_EQ(root.find("level")->type(), text::JsonType::kNull);
  for (const text::JsonValue& problem : root.find("problems")->children()) {
    EXPECT_EQ(problem.string_at("code"), "retired-technique");
    EXPECT_EQ(problem.find("line")->text(), "3");
    EXPECT_EQ(problem.string_at("fix"), "attack.t1685.002");
  }
}

}  // namespace
}  // namespace nepho::inventory
