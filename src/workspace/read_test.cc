#include "workspace/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/limits.h"
#include "workspace/errors.h"
#include "workspace/starter.h"

namespace nepho::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using namespace std::chrono_literals;

const Known kKnown{.providers = {"aws", "gcp", "entra", "m365"},
                   .log_sources = {"aws.cloudtrail"},
                   .native = {"aws.guardduty", "entra.id_protection"}};

Workspace parse_clean(std::string_view yaml) {
  LoadReport report;
  Workspace workspace = parse_workspace(yaml, "w", kKnown, report);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  return workspace;
}

// The problems as "line:column code".
std::vector<std::string> problems_of(std::string_view yaml) {
  LoadReport report;
  parse_workspace(yaml, "w", kKnown, report);
  std::vector<std::string> lines;
  for (const auto& problem : report.problems()) {
    const Error& error = problem.error;
    EXPECT_EQ(error.place.file, "w/nephometer.yml");
    lines.push_back(
        fmt::format("{}:{} {}", error.place.line, error.place.column, error.code.name()));
  }
  return lines;
}

TEST(ReadWorkspace, ReadsEveryKeyOfTheContract) {
  const Workspace workspace = parse_clean(R"(
organisation: {name: Example, sectors: [financial-services], countries: [DE], domains: [example.com], networks: [203.0.113.0/24]}
providers:
  aws: {accounts: 40, account_ids: ["111122223333"], organization_id: o-example, services: [iam, s3], crown_jewels: [s3],
        provisioning_principals: ["arn:aws:iam::*:role/terraform*"], trusted_external_accounts: ["444455556666"], log_buckets: [org-trail]}
  entra: {tenant_ids: ["00000000-0000-0000-0000-000000000000"]}
  m365: {}
log_sources:
  aws.cloudtrail: {coverage: 0.95, latency: 15m, silence: 2h}
  aws.cloudtrail.s3_data: {coverage: 0.2}
detections:
  - {path: rules/}
  - {path: ../siem/elastic, format: elastic, enabled_only: true}
  - {pack: builtin}
prevention: {T1078.004: {provider: entra, factor: 0.6, why: phishing-resistant MFA}}
accepted: [{technique: T1496, provider: gcp, until: 2027-06-30, by: ciso, why: no compute there}]
alert_within: 1h
)");
  EXPECT_EQ(workspace.organisation.name, "Example");
  EXPECT_THAT(workspace.organisation.networks, ElementsAre("203.0.113.0/24"));
  ASSERT_EQ(workspace.providers.size(), 3U);
  const ProviderUse* aws = workspace.find_provider("aws");
  ASSERT_NE(aws, nullptr);
  EXPECT_EQ(aws->accounts, 40U);
  EXPECT_THAT(aws->organization_id, ElementsAre("o-example"));
  EXPECT_THAT(aws->services, ElementsAre("iam", "s3"));
  EXPECT_NE(workspace.find_provider("m365"), nullptr);
  EXPECT_EQ(workspace.find_provider("gcp"), nullptr);

  const LogSourceUse* trail = workspace.find_log_source("aws.cloudtrail");
  ASSERT_NE(trail, nullptr);
  EXPECT_DOUBLE_EQ(trail->coverage, 0.95);
  EXPECT_EQ(trail->latency, 15min);
  EXPECT_EQ(trail->silence, 2h);
  EXPECT_EQ(workspace.alert_within, 1h);

  ASSERT_EQ(workspace.detections.size(), 3U);
  EXPECT_EQ(workspace.detections[0].path, "w/rules/");
  EXPECT_EQ(workspace.detections[1].path, "siem/elastic");
  EXPECT_EQ(workspace.detections[1].format, "elastic");
  EXPECT_TRUE(workspace.detections[1].enabled_only);
  EXPECT_EQ(workspace.detections[2].pack, "builtin");
  EXPECT_EQ(workspace.detections[2].place.line, 14U);

  ASSERT_EQ(workspace.prevention.size(), 1U);
  EXPECT_EQ(workspace.prevention[0].technique, "T1078.004");
  EXPECT_DOUBLE_EQ(workspace.prevention[0].factor, 0.6);
  ASSERT_EQ(workspace.accepted.size(), 1U);
  EXPECT_EQ(workspace.accepted[0].until, std::chrono::sys_days(2027y / 6 / 30));
  EXPECT_EQ(workspace.accepted[0].by, "ciso");
}

TEST(ReadWorkspace, AnEmptyFileIsAWorkspace) {
  const Workspace workspace = parse_clean("");
  EXPECT_THAT(workspace.providers, IsEmpty());
  EXPECT_THAT(workspace.detections, IsEmpty());
}

TEST(ReadWorkspace, AnUnknownKeyIsAnErrorAtItsPlaceWithDidYouMean) {
  LoadReport report;
  parse_workspace("providers:\n  aws: {acounts: 4}\n", "w", kKnown, report);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(to_string(report.problems()[0]),
            "w/nephometer.yml:2:9: error[yaml.unknown_key]: unknown key: acounts\n"
            "   did you mean 'accounts'?");
}

TEST(ReadWorkspace, EveryFaultIsNamedAndReadingGoesOn) {
  EXPECT_THAT(problems_of("organisation: {networks: [not-a-network]}\n"
                          "providers: {awz: {}}\n"
                          "log_sources: {aws.cloudtrail: {coverage: 95, latency: soon}}\n"
                          "detections: [{format: elastic}, {path: a, pack: builtin}]\n"),
              ElementsAre("1:27 workspace.bad_value", "2:13 workspace.unknown_provider",
                          "3:42 workspace.bad_value", "3:55 workspace.bad_value",
                          "4:14 workspace.missing_key", "4:33 workspace.missing_key"));
}

TEST(ReadWorkspace, ATimespanThatIsNoneIsAFault) {
  EXPECT_THAT(problems_of("log_sources: {aws.cloudtrail: {silence: often}}\nalert_within: soon\n"),
              ElementsAre("1:41 workspace.bad_value", "2:15 workspace.bad_value"));
}

TEST(ReadWorkspace, APercentIsTakenForAMistakenShare) {
  LoadReport report;
  parse_workspace("log_sources: {aws.cloudtrail: {coverage: 95}}", "w", kKnown, report);
  ASSERT_TRUE(report.has_errors());
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 0.95?");
}

TEST(ReadWorkspace, ALogSourceThatIsNotKnownIsAWarning) {
  LoadReport report;
  const auto workspace = parse_workspace("log_sources: {aws.cloudtrial: {}}", "w", kKnown, report);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].severity, Severity::kWarning);
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 'aws.cloudtrail'?");
  EXPECT_EQ(workspace.log_sources.size(), 1U);
}

TEST(ReadWorkspace, AFormatOfRulesThatThereIsNotIsAnError) {
  EXPECT_EQ(parse_clean("detections: [{path: r, format: elastic}]").detections[0].format,
            "elastic");
  EXPECT_EQ(problems_of("detections: [{path: r, format: elastik}]"),
            std::vector<std::string>{fmt::format("1:32 {}", kBadValue.name())});
}

TEST(ReadWorkspace, ANativeDetectorThatIsNotKnownIsAnErrorWithDidYouMean) {
  EXPECT_EQ(parse_clean("native: [aws.guardduty]").native,
            std::vector<std::string>{"aws.guardduty"});
  LoadReport report;
  parse_workspace("native: [aws.gardduty, entra.id_protection]", "w", kKnown, report);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].error.code, kBadValue);
  EXPECT_EQ(report.problems()[0].error.place.column, 10U);
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 'aws.guardduty'?");
}

TEST(ReadWorkspace, AnAcceptanceNeedsItsDayItsSignatureAndItsReason) {
  EXPECT_THAT(problems_of("accepted: [{technique: T1496, provider: gcp, by: me, why: so}]"),
              ElementsAre("1:12 workspace.missing_key"));
  EXPECT_THAT(problems_of("accepted: [{technique: cats, provider: gcp, until: 2027-02-30, by: a, "
                          "why: b}]"),
              ElementsAre("1:24 workspace.bad_value", "1:52 workspace.bad_value"));
}

TEST(ReadWorkspace, AWrongKindOfSectionIsAnError) {
  EXPECT_THAT(problems_of("providers: [aws]\n"), ElementsAre("1:12 workspace.bad_value"));
  EXPECT_THAT(problems_of("detections: rules/\n"), ElementsAre("1:13 workspace.bad_value"));
  EXPECT_THAT(problems_of("[organisation]\n"), ElementsAre("1:1 yaml.wrong_kind"));
}

TEST(ReadWorkspace, SyntaxErrorsCarryTheirPlace) {
  EXPECT_THAT(problems_of("organisation: {name: [\n"), ElementsAre("2:1 yaml.syntax"));
}

// "One text is a list of one" holds for what is checked, too.
TEST(ReadWorkspace, ANetworkAloneIsCheckedLikeOneInAList) {
  EXPECT_THAT(problems_of("organisation: {networks: not-a-network}\n"),
              ElementsAre("1:26 workspace.bad_value"));
  EXPECT_THAT(parse_clean("organisation: {networks: 10.0.0.0/8}\n").organisation.networks,
              ElementsAre("10.0.0.0/8"));
}

// A user who empties a section, or puts its lines behind '#', leaves the key with nothing.
TEST(ReadWorkspace, ASectionWithoutAValueIsLikeNone) {
  const Workspace workspace = parse_clean(
      "organisation:\nproviders:\nlog_sources:\ndetections:\nprevention:\naccepted:\n"
      "placeholders:\nfilters:\n");
  EXPECT_THAT(workspace.providers, IsEmpty());
  EXPECT_EQ(workspace.filters, FilterReading::kSpecification);
}

TEST(ReadWorkspace, AProviderWithoutAValueIsInUse) {
  const Workspace workspace = parse_clean("providers:\n  aws:\n  gcp: {}\n");
  EXPECT_EQ(workspace.providers.size(), 2U);
  EXPECT_EQ(workspace.find_provider("aws")->accounts, std::nullopt);
}

TEST(ReadWorkspace, TellsTheTwoWaysOfReadingFilters) {
  EXPECT_EQ(parse_clean("filters: as-written\n").filters, FilterReading::kAsWritten);
  EXPECT_EQ(parse_clean("filters: specification\n").filters, FilterReading::kSpecification);
  EXPECT_THAT(problems_of("filters: as_written\n"), ElementsAre("1:10 workspace.bad_value"));
  EXPECT_THAT(problems_of("filters: [as-written]\n"), ElementsAre("1:10 workspace.bad_value"));
}

TEST(ReadWorkspace, ASecondDocumentIsAnErrorAtItsPlace) {
  EXPECT_THAT(problems_of("filters: specification\n---\nfilters: as-written\n"),
              ElementsAre("3:1 workspace.bad_value"));
}

TEST(ReadWorkspace, AKeyGivenTwiceIsAnError) {
  EXPECT_THAT(problems_of("providers: {aws: {}}\nproviders: {gcp: {}}\n"),
              ElementsAre("2:1 yaml.duplicate_key"));
}

TEST(ReadWorkspace, APreventionMayBeAList) {
  const Workspace workspace = parse_clean(
      "prevention:\n"
      "  T1078.004:\n"
      "    - {provider: entra, factor: 0.6, why: MFA}\n"
      "    - {provider: aws, factor: 1, why: no users}\n");
  ASSERT_EQ(workspace.prevention.size(), 2U);
  EXPECT_EQ(workspace.prevention[1].provider, "aws");
  EXPECT_EQ(workspace.prevention[1].technique, "T1078.004");
  EXPECT_EQ(workspace.prevention[0].why, "MFA");
}

TEST(ReadWorkspace, APreventionNeedsItsFactorAndItsReason) {
  EXPECT_THAT(problems_of("prevention: {T1078: {provider: aws, factor: 0.5}}\n"),
              ElementsAre("1:21 workspace.missing_key"));
  EXPECT_THAT(problems_of("prevention: {T1078: {provider: aws, factor: 2, why: so}}\n"),
              ElementsAre("1:45 workspace.bad_value"));
  EXPECT_THAT(problems_of("prevention: {tactic: {provider: awz, factor: 0.5, why: so}}\n"),
              ElementsAre("1:14 workspace.bad_value", "1:33 workspace.unknown_provider"));
}

// An absolute path stands as it is; the workspace may lie anywhere.
TEST(ReadWorkspace, PathsOfDetectionsCountFromTheFilesFolder) {
  LoadReport report;
  const Workspace workspace = parse_workspace(
      "detections: [{path: rules/../rules/aws}, {path: /siem/rules}]\n", "/a/b", kKnown, report);
  ASSERT_EQ(workspace.detections.size(), 2U);
  EXPECT_EQ(workspace.detections[0].path, "/a/b/rules/aws");
  EXPECT_EQ(workspace.detections[1].path, "/siem/rules");
}

TEST(ReadWorkspace, APackThatIsNoneIsAnErrorAtItsValue) {
  EXPECT_THAT(problems_of("detections: [{pack: builtn}]\n"),
              ElementsAre("1:21 workspace.bad_value"));
}

TEST(ReadWorkspace, AFaultyEntryCostsOnlyItself) {
  LoadReport report;
  const Workspace workspace = parse_workspace(
      "providers: {awz: {accounts: 4}, gcp: {}}\n"
      "detections: [{format: elastic}, {path: rules}]\n"
      "accepted: [{technique: T1496}, {technique: T1496, provider: gcp, until: 2027-06-30, by: a, "
      "why: b}]\n",
      "w", kKnown, report);
  EXPECT_EQ(report.num_errors(), 3U);
  ASSERT_EQ(workspace.providers.size(), 1U);
  EXPECT_EQ(workspace.providers[0].provider, "gcp");
  EXPECT_EQ(workspace.detections.size(), 1U);
  EXPECT_EQ(workspace.accepted.size(), 1U);
}

// A part of a log source is known by the source it is a part of, and only behind the point.
TEST(ReadWorkspace, APartOfALogSourceIsKnown) {
  EXPECT_THAT(problems_of("log_sources: {aws.cloudtrail.s3_data: {}}\n"), IsEmpty());
  EXPECT_THAT(problems_of("log_sources: {aws.cloudtrail2: {}}\n"),
              ElementsAre("1:15 workspace.unknown_log_source"));
  EXPECT_THAT(problems_of("log_sources: {aws.cloudtrail.: {}}\n"), IsEmpty());
  EXPECT_THAT(problems_of("log_sources: {aws: {}}\n"),
              ElementsAre("1:15 workspace.unknown_log_source"));
}

TEST(ReadWorkspace, AnUnknownProviderFarFromAllListsThem) {
  LoadReport report;
  parse_workspace("providers: {mainframe: {}}\n", "w", kKnown, report);
  EXPECT_EQ(report.problems().at(0).error.hint, "one of aws, gcp, entra, m365");
}

// Hostile files: each is refused, or read, in no time and without harm.
TEST(ReadWorkspace, DepthAndAliasesAreBounded) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(problems_of(deep).size(), 1U);
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'j'; ++name) {
    const char before = static_cast<char>(name - 1);
    laughs += fmt::format("{0}: &{0} [*{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}]\n",
                          name, before);
  }
  EXPECT_THAT(problems_of(laughs), ElementsAre(HasSubstr("yaml.too_large")));
}

TEST(Placeholders, AreTheListsOfTheOrganisationAndAllProviders) {
  const Workspace workspace = parse_clean(
      "organisation: {networks: [203.0.113.0/24]}\n"
      "providers: {aws: {account_ids: ['1', '2']}, gcp: {account_ids: ['2', '3']}}\n"
      "placeholders: {admins: [root], account_ids: ['4']}\n");
  EXPECT_THAT(placeholders(workspace),
              UnorderedElementsAre(Pair("networks", ElementsAre("203.0.113.0/24")),
                                   Pair("account_ids", ElementsAre("1", "2", "3", "4")),
                                   Pair("admins", ElementsAre("root"))));
}

TEST(Starter, ReadsBackWithoutAFaultWhateverItHolds) {
  EXPECT_EQ(parse_clean(starter_text({})).detections.size(), 1U);
  const Workspace workspace =
      parse_clean(starter_text({.name = "A: \"b\" # c\n- d",
                                .sectors = {"x, y"},
                                .networks = {"2001:db8::/32"},
                                .providers = {"aws", "gcp", "entra", "m365"},
                                .log_sources = {"aws.cloudtrail"},
                                .rule_paths = {"a b/", "..\\c"}}));
  EXPECT_EQ(workspace.organisation.name, "A: \"b\" # c\n- d");
  EXPECT_THAT(workspace.organisation.sectors, ElementsAre("x, y"));
  EXPECT_EQ(workspace.providers.size(), 4U);
  EXPECT_EQ(workspace.detections[1].path, "w/..\\c");
}

TEST(Starter, ItsExamplesAreValidToo) {
  std::string text = starter_text({.providers = {"aws", "entra", "gcp"}});
  // Takes the '#' from every example: a line whose words behind it are a key or an item.
  std::string uncommented;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin) + 1;
    std::string line = text.substr(begin, end - begin);
    const std::size_t sign = line.find("# ");
    const bool is_prose = line[0] == '#' && line[2] >= 'A' && line[2] <= 'Z';
    if (sign == line.find_first_not_of(' ') && !is_prose) line.erase(sign, 2);
    uncommented += is_prose ? "" : line;
    begin = end;
  }
  EXPECT_THAT(uncommented, HasSubstr("\nprevention:"));
  const Workspace workspace = parse_clean(uncommented);
  EXPECT_EQ(workspace.find_provider("aws")->accounts, 40U);
  EXPECT_EQ(workspace.accepted.size(), 1U);
}

// Makes a folder tree for the search.
class FindFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = std::filesystem::temp_directory_path() / "find_folder.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    std::filesystem::create_directories(root_ / "a/b/c");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::filesystem::path root_;
};

TEST_F(FindFolderTest, TheNearestUpwardsCounts) {
  ASSERT_TRUE(write_file(root_ / "nephometer.yml", "").has_value());
  ASSERT_TRUE(write_file(root_ / "a" / "nephometer.yml", "").has_value());
  const auto found = find_folder(root_ / "a/b/c");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->lexically_normal(), root_ / "a/");
}

TEST_F(FindFolderTest, NoneIsNone) { EXPECT_EQ(find_folder(root_ / "a/b/c"), std::nullopt); }

// So that messages and paths stay as short as the user typed them.
TEST_F(FindFolderTest, TheFolderItselfIsGivenAsItWasAskedFor) {
  ASSERT_TRUE(write_file(root_ / "a/nephometer.yml", "").has_value());
  EXPECT_EQ(find_folder(root_ / "a"), root_ / "a");
  EXPECT_EQ(find_folder(root_ / "a/b"), root_ / "a/b/..");
}

TEST_F(FindFolderTest, AFolderOfThatNameIsNoWorkspace) {
  std::filesystem::create_directory(root_ / "a/nephometer.yml");
  EXPECT_EQ(find_folder(root_ / "a/b"), std::nullopt);
}

TEST_F(FindFolderTest, AFolderThatIsGoneHasTheWorkspaceAboveIt) {
  ASSERT_TRUE(write_file(root_ / "nephometer.yml", "").has_value());
  EXPECT_EQ(find_folder(root_ / "gone")->lexically_normal(), root_ / "");
}

TEST_F(FindFolderTest, AFileThatCannotBeReadIsAnErrorWithItsPlace) {
  LoadReport report;
  std::filesystem::create_directory(root_ / "nephometer.yml");
  const auto read = read_workspace(root_, kKnown, report);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, kCannotRead);
  EXPECT_EQ(read.error().place.file, (root_ / "nephometer.yml").string());
}

TEST_F(FindFolderTest, AFileBeyondTheLimitIsNotRead) {
  ASSERT_TRUE(write_file(root_ / "nephometer.yml",
                         std::string(kDefaultLimits.max_document_bytes + 1, '#')));
  LoadReport report;
  const auto read = read_workspace(root_, kKnown, report);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, kTooLarge);
}

TEST_F(FindFolderTest, TheErrorSaysHowToMakeAWorkspace) {
  LoadReport report;
  const auto read = read_workspace(root_, kKnown, report);
  EXPECT_EQ(read.error().hint, "'nepho init' makes one");
  EXPECT_EQ(read.error().place.file, root_.string());
}

TEST_F(FindFolderTest, AFolderWithoutTheFileIsNoWorkspace) {
  LoadReport report;
  const auto read = read_workspace(root_, kKnown, report);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, kNoWorkspace);
}

TEST(ReadWorkspace, KeepsTheModelsParametersAsTheyStand) {
  EXPECT_FALSE(parse_clean("filters: specification").model.has_value());
  const Workspace workspace = parse_clean("model: {evidence: {half_life_days: 60}}");
  ASSERT_TRUE(workspace.model.has_value());
  EXPECT_EQ(workspace.model->find("evidence")->text_at("half_life_days"), "60");
}

TEST(ReadWorkspace, AFaultyModelIsAFaultOfTheFile) {
  EXPECT_THAT(problems_of("model: {evidense: {}}"), ElementsAre("1:9 yaml.unknown_key"));
  EXPECT_THAT(problems_of("model: {evidence: {expiry_days: 0}}"),
              ElementsAre("1:33 coverage.bad_model"));
}

}  // namespace
}  // namespace nepho::workspace
