// The audit log of EKS as CloudWatch Logs hands it out: the same records, the same findings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/support/pack_workspace.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;

class EksDelivery : public testing::Test {
 protected:
  EksDelivery() { folder_.write("nephometer.yml", kPackWorkspace); }

  // What the pack finds in the attacks of one technique, by time, rule and actor.
  std::multiset<std::string> found(const std::vector<std::string>& options,
                                   const std::string& folder) {
    const RunOptions there{.folder = folder_.path()};
    std::vector<std::string> simulate{"simulate",    "--provider", "kubernetes",
                                      "--technique", "T1098.006",  "--as-of",
                                      "2026-11-29",  "-o",         folder};
    simulate.insert(simulate.end(), options.begin(), options.end());
    const auto made = run_nepho(simulate, there);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    std::filesystem::remove(folder_.path() / folder / "cases.tsv");
    const auto detected =
        run_nepho({"detect", "--format", "ndjson", "--no-event", "--duplicates", "keep", "--fold",
                   "off", "--summary", folder + ".json", folder},
                  there);
    EXPECT_EQ(detected.exit_code, 0) << detected.err;
    std::multiset<std::string> all;
    std::istringstream lines(detected.out);
    for (std::string line; std::getline(lines, line);) {
      const auto finding = text::JsonDocument::parse(line);
      all.insert(std::string(finding->root().string_at("time")) + " " +
                 std::string(finding->root().find("rule")->string_at("id")) + " " +
                 std::string(finding->root().string_at("actor")));
    }
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(EksDelivery, FindsTheSameInEveryForm) {
  const auto plain = found({}, "plain");
  ASSERT_GT(plain.size(), 5U);
  EXPECT_EQ(found({"--delivery", "eks-subscription"}, "subscription"), plain);
  EXPECT_EQ(found({"--delivery", "eks-export"}, "export"), plain);
  const auto summary = text::JsonDocument::parse(contents_of(folder_.path() / "export.json"));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->root().find("by_log_source")->num_children(), 1U) << "none is generic";
}

TEST_F(EksDelivery, AnUnknownDeliveryIsAnError) {
  const auto run = run_nepho({"simulate", "--provider", "kubernetes", "--delivery", "eks-exports"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("did you mean 'eks-export'?"));
  const auto aws = run_nepho({"simulate", "aws.persistence.create-user", "--delivery", "x"});
  EXPECT_EQ(aws.exit_code, 3);
  EXPECT_THAT(aws.err, HasSubstr("one way only"));
}

}  // namespace
}  // namespace nepho::tests
