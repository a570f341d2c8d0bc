// Small inputs that want much time or memory: each is bounded, named with its place, and costs its
// neighbours nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/cases.h"
#include "tests/support/program.h"
#include "tests/support/written.h"

namespace nepho::tests {
namespace {

using testing::HasSubstr;

// Far above what any run here needs (under 2 s) and far below what an unbounded one takes.
constexpr int kTimeout = kSanitized ? 120 : 30;

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

class Bombs : public testing::Test {
 protected:
  tests::Run detect(const std::string& log) const {
    return nepho(
        {"detect", "--rules", rules_, log, "--format", "ndjson", "--no-event", "--jobs", "2"});
  }
  tests::Run nepho(const std::vector<std::string>& arguments) const {
    auto run = run_nepho(arguments, {.timeout_s = kTimeout});
    EXPECT_LT(run.exit_code, 128) << "ended by a signal: " << run.err;
    return run;
  }
  // A rule whose one test is `item` instead of an eventName; its place is line 5.
  std::string rule_with(std::string_view item) const {
    std::string rule = rule_on("CreateUser");
    const std::string_view usual = "eventName: CreateUser";
    rule.replace(rule.find(usual), usual.size(), item);
    return rule;
  }

  TemporaryFolder folder_;
  std::string rules_ = folder_.write("rules/r.yml", rule_on("CreateUser"));
};

TEST_F(Bombs, DepthOfARecordIsBoundedWithoutRecursion) {
  std::string log = cloudtrail_line("CreateUser", "1");
  log += R"({"eventName":)" + repeated("[", 200'000) + repeated("]", 200'000) + "}\n";
  log += repeated(R"({"a":)", 200'000) + "1" + repeated("}", 200'000) + "\n";
  log += cloudtrail_line("CreateUser", "2");
  const auto run = detect(folder_.write("log.json", log));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              HasSubstr("log.json:2: error[cli.skipped_record]: record skipped: too-deep"));
  EXPECT_THAT(run.err,
              HasSubstr("log.json:3: error[cli.skipped_record]: record skipped: too-deep"));
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 2);
}

TEST_F(Bombs, ManyMembersOfOneNameCostLinearTime) {
  std::string record = cloudtrail_line("CreateUser", "1");
  record.resize(record.size() - 2);  // without "}\n"
  record += repeated(R"(,"eventName":"x")", 100'000);
  const auto run = detect(folder_.write("log.json", record + "}\n"));
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

// 100 MB in 100 kB. A line of one line is read until it is too large and no further kept.
TEST_F(Bombs, AnArchiveOfManyZerosCostsNoMemory) {
  const std::string log = folder_.write("log.json.gz", gzip(std::string(100'000'000, '0')));
  const auto run = detect(log);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("log.json.gz:1: error[cli.skipped_record]"));
  EXPECT_THAT(run.err, HasSubstr("error[base.inflates_too_far]"));
  if (!kSanitized) {
    EXPECT_LT(run.peak_memory_bytes, 90'000'000U);
  }
}

TEST_F(Bombs, ABillionLaughsIsRefusedWithItsPlace) {
  std::string rule = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string last = "*a" + std::to_string(i - 1);
    rule += name + ": &" + name + " [" + last + repeated("," + last, 9) + "]\n";
  }
  const auto run = nepho({"map", folder_.write("laughs.yml", rule), "--lint"});
  EXPECT_THAT(run.err, HasSubstr("laughs.yml:"));
  EXPECT_THAT(run.err, HasSubstr("yaml.too_large"));
}

TEST_F(Bombs, DepthOfDocumentsIsBoundedWithoutRecursion) {
  const std::string deep = repeated("[", 300'000);
  const std::string json = folder_.write("deep.json", deep);
  EXPECT_THAT(nepho({"attack", "import", json}).err, HasSubstr("deep.json:1:257: error[json.too_"));
  EXPECT_THAT(nepho({"import", json}).err, HasSubstr("deep.json:1:257: error[json.too_deep]"));
  const std::string yaml = folder_.write("deep.yml", "title: " + deep);
  EXPECT_THAT(nepho({"map", yaml}).err, HasSubstr("deep.yml:1:71: error[yaml.too_deep]"));
  folder_.write("workspace/nephometer.yml", "organisation: " + deep);
  const auto run = nepho({"coverage", "--workspace", (folder_.path() / "workspace").string()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("nephometer.yml:1:78: error[yaml.too_deep]"));
}

TEST_F(Bombs, DepthOfAConditionIsBoundedWithoutRecursion) {
  std::string rule = rule_on("CreateUser");
  const std::string_view usual = "condition: selection";
  rule.replace(rule.find(usual), usual.size(),
               "condition: " + repeated("(", 100'000) + "selection" + repeated(")", 100'000));
  const auto run = nepho({"map", folder_.write("deep.yml", rule), "--lint"});
  EXPECT_THAT(run.err, HasSubstr("deep.yml:6:"));
  EXPECT_THAT(run.err, HasSubstr("error[sigma."));
}

TEST_F(Bombs, ARegexThatWouldBacktrackRunsInLinearTime) {
  const std::string slow =
      folder_.write("slow/r.yml", rule_with("userIdentity.userName|re: '^(a+)+$'"));
  const std::string user = repeated("a", 10'000);
  std::string log;
  for (int i = 0; i < 50; ++i) log += cloudtrail_line("CreateUser", std::to_string(i), user + "b");
  log += cloudtrail_line("CreateUser", "50", user);
  const auto run = nepho({"detect", "--rules", slow, folder_.write("log.json", log), "--format",
                          "ndjson", "--no-event"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1);  // the last, which has no b
}

TEST_F(Bombs, ARegexThatIsTooLargeIsRefusedWithItsPlace) {
  const std::string letters = repeated("\\pL{999}", 20);
  for (const std::string& regex : {std::string("((a{0,500}){0,500}){0,500}"), letters}) {
    const std::string item = "userIdentity.userName|re: '" + regex + "'";
    const auto run = nepho({"map", folder_.write("large.yml", rule_with(item)), "--lint"});
    EXPECT_THAT(run.err, HasSubstr("large.yml:5:")) << regex;
    EXPECT_THAT(run.err, HasSubstr("error[regex.")) << regex;
    if (!kSanitized) {
      EXPECT_LT(run.peak_memory_bytes, 100'000'000U) << regex;
    }
  }
}

TEST_F(Bombs, AWildcardOfManyStarsRunsInBoundedTime) {
  const std::string slow = folder_.write(
      "slow/r.yml", rule_with("userIdentity.userName: '" + repeated("*a", 60) + "b'"));
  std::string log;
  for (int i = 0; i < 50; ++i) {
    log += cloudtrail_line("CreateUser", std::to_string(i), repeated("a", 10'000));
  }
  const auto run = nepho({"detect", "--rules", slow, folder_.write("log.json", log)});
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

}  // namespace
}  // namespace nepho::tests
