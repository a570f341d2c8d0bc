// The built-in pack as a user meets it: --pack, {pack: builtin}, and the values that its rules take
// from nephometer.yml. The rules here are laid over the pack with --knowledge.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cloudtrail.h"
#include "tests/support/program.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A rule with an id that ends in `digit`, on events that the real pack has no rule for.
std::string rule(int digit, std::string_view detection) {
  return fmt::format(
      "title: Test rule {0}\nid: 0a1b2c3d-0000-4000-8000-00000000000{0}\nstatus: test\n"
      "level: low\nlogsource: {{product: aws, service: cloudtrail}}\ntags: [attack.persistence, "
      "attack.t1136.003]\ndetection:\n{1}",
      digit, detection);
}

constexpr std::string_view kPlain = "  s: {eventName: PackTestPlain}\n  condition: s\n";
constexpr std::string_view kNeedsDomains =
    "  s: {eventName: PackTestDomain, userAgent|expand: '%domains%'}\n  condition: s\n";
constexpr std::string_view kExceptsProvisioning =
    "  s: {eventName: PackTestOptional}\n"
    "  filter_optional_provisioning: {userIdentity.arn|expand: '%provisioning_principals%'}\n"
    "  condition: s and not 1 of filter_optional_*\n";

class Pack : public testing::Test {
 protected:
  Pack() {
    folder_.write("over/rules/aws/test_plain.yml", rule(1, kPlain));
    folder_.write("over/rules/aws/test_domains.yml", rule(2, kNeedsDomains));
    folder_.write("over/rules/aws/test_optional.yml", rule(3, kExceptsProvisioning));
    log_ = folder_.write("log.ndjson", cloudtrail_record("PackTestPlain", "1") + "\n" +
                                           cloudtrail_record("PackTestOptional", "2") + "\n");
  }

  // In the folder's workspace when it has one.
  tests::Run nepho(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, {"--knowledge", (folder_.path() / "over").string()});
    return run_nepho(words, {.folder = folder_.path()});
  }

  TemporaryFolder folder_;
  std::string log_;
};

TEST_F(Pack, RunsWithoutAnyOtherRules) {
  const auto run = nepho({"detect", "--pack", "--format", "ndjson", log_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"Test rule 1\""));
  EXPECT_THAT(run.out, HasSubstr("\"Test rule 3\""));
}

TEST_F(Pack, SaysOnceWhichValuesAreMissingAndWhatThatCosts) {
  folder_.write("nephometer.yml", "providers:\n  aws: {}\n");
  const auto run = nepho({"detect", "--pack", log_});
  EXPECT_THAT(run.err, HasSubstr("fill in organisation.domains in nephometer.yml: without it 1 "
                                 "rule is not run"));
  EXPECT_THAT(run.err, HasSubstr("fill in providers.aws.provisioning_principals"));
  EXPECT_THAT(run.err, HasSubstr("than"));
  EXPECT_THAT(run.err, Not(HasSubstr("error[")));
  EXPECT_THAT(run.err, Not(HasSubstr("filter_left_out"))) << "one line a key, not one a rule";
}

TEST_F(Pack, WithoutAWorkspaceOneLineTellsOfAllThatIsMissing) {
  const auto run = nepho({"detect", "--pack", log_});
  EXPECT_THAT(run.err, HasSubstr("'nepho init' makes a workspace"));
  EXPECT_THAT(run.err, Not(HasSubstr("fill in"))) << "there is no file to fill it in";
  const auto verbose = nepho({"detect", "--pack", "-v", log_});
  EXPECT_THAT(verbose.err, HasSubstr("fill in organisation.domains in nephometer.yml"));
}

TEST_F(Pack, ARuleThatIsNotRunCostsNothingMore) {
  folder_.write("nephometer.yml", "providers:\n  aws: {}\n");
  folder_.write("over/rules/aws/test_both.yml",
                rule(4,
                     "  s: {eventName: PackTestDomain, userAgent|expand: '%pack_test_needed%'}\n"
                     "  filter_optional_known: {userIdentity.arn|expand: '%pack_test_known%'}\n"
                     "  condition: s and not 1 of filter_optional_*\n"));
  const auto run = nepho({"detect", "--pack", log_});
  EXPECT_THAT(run.err, HasSubstr("placeholders.pack_test_needed in nephometer.yml: without it 1 "
                                 "rule is not run"));
  EXPECT_THAT(run.err, Not(HasSubstr("pack_test_known")));
}

TEST_F(Pack, TakesItsValuesFromTheWorkspace) {
  folder_.write("nephometer.yml",
                "organisation: {domains: [example.com]}\n"
                "providers: {aws: {provisioning_principals: ['arn:aws:iam::*:user/a']}}\n"
                "detections: [{pack: builtin}]\n");
  const auto run = nepho({"detect", "--format", "ndjson", log_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"Test rule 1\""));
  EXPECT_THAT(run.out, Not(HasSubstr("\"Test rule 3\""))) << "user/a provisions";
  EXPECT_THAT(run.err, Not(HasSubstr("organisation.domains")));
  EXPECT_THAT(run.err, Not(HasSubstr("provisioning_principals")));
}

TEST_F(Pack, IsMappedAndCountedWhenTheWorkspaceListsIt) {
  folder_.write("nephometer.yml", "providers: {aws: {}}\ndetections: [{pack: builtin}]\n");
  const auto mapped = nepho({"map", "--format", "csv"});
  EXPECT_EQ(mapped.exit_code, 0) << mapped.err;
  EXPECT_THAT(mapped.out, HasSubstr("Test rule 2"));
  const auto counted = nepho({"coverage", "--format", "json"});
  EXPECT_EQ(counted.exit_code, 0) << counted.err;
  EXPECT_THAT(counted.out, HasSubstr("0a1b2c3d-0000-4000-8000-000000000001"));
}

TEST_F(Pack, AFilterOfTheUsersReachesItsRules) {
  folder_.write("nephometer.yml", "detections: [{pack: builtin}, {path: mine}]\n");
  folder_.write("mine/quiet.yml",
                "title: Not for user a\nlogsource: {product: aws, service: cloudtrail}\n"
                "filter:\n  rules: [0a1b2c3d-0000-4000-8000-000000000001]\n"
                "  who: {userIdentity.arn|endswith: user/a}\n  condition: not who\n");
  const auto run = nepho({"detect", "--format", "ndjson", log_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, Not(HasSubstr("\"Test rule 1\"")));
  EXPECT_THAT(run.out, HasSubstr("\"Test rule 3\""));
}

TEST_F(Pack, LintAsksNobodyForValuesWithoutAWorkspace) {
  const std::string rules = (folder_.path() / "over" / "rules").string();
  const auto alone = nepho({"map", "--lint", "--format", "csv", rules});
  EXPECT_EQ(alone.exit_code, 0) << alone.err;
  EXPECT_THAT(alone.out, HasSubstr("note,sigma.missing_placeholder"));
  folder_.write("nephometer.yml", "organisation: {name: Nobody}\n");
  const auto within = nepho({"map", "--lint", "--format", "csv", rules});
  EXPECT_EQ(within.exit_code, 1);
  EXPECT_THAT(within.out, HasSubstr("error,sigma.missing_placeholder"));
}

}  // namespace
}  // namespace nepho::tests
