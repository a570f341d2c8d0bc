// --array-matching as a user meets it: a rule about one element of an array, with and without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace nepho::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ArrayMatching : public testing::Test {
 protected:
  // A rule with this line in its selection.
  std::string rule(const std::string& line) const {
    return folder_.write("r.yml",
                         "title: SSH opened to the world\nlogsource: {product: aws}\n"
                         "detection:\n  s:\n    " +
                             line + "\n  condition: s\n");
  }
  tests::Run run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--format", "ndjson"});
    return run_nepho(words, {.folder = folder_.path()});
  }

  TemporaryFolder folder_;
  // Port 22 is open to the world in the first event only.
  std::string log_ = folder_.write(
      "log.json",
      R"({"id":1,"items":[{"port":443,"to":["10.0.0.0/8"]},{"port":22,"to":["0.0.0.0/0"]}]})"
      "\n"
      R"({"id":2,"items":[{"port":443,"to":["0.0.0.0/0"]},{"port":22,"to":["10.0.0.0/8"]}]})"
      "\n");
};

TEST_F(ArrayMatching, LetsABlockAskOfOneElement) {
  const std::string block = rule("items[any]: {port: 22, 'to[any]': 0.0.0.0/0}");
  const auto found =
      run({"detect", "--array-matching", "--ignore-logsource", "--rules", block, log_});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, AllOf(HasSubstr(R"("id":1)"), Not(HasSubstr(R"("id":2)"))));
}

TEST_F(ArrayMatching, IsNeverSwitchedOnByARule) {
  const std::string line = rule("items[any].port: 22");
  const auto without = run({"detect", "--ignore-logsource", "--rules", line, log_});
  EXPECT_THAT(without.out, IsEmpty());
  EXPECT_THAT(without.err, AllOf(HasSubstr("r.yml:5:5: warning[sigma.array_selector]"),
                                 HasSubstr("--array-matching")));
  const auto with =
      run({"detect", "--array-matching", "--ignore-logsource", "--rules", line, log_});
  EXPECT_THAT(with.out, AllOf(HasSubstr(R"("id":1)"), HasSubstr(R"("id":2)")));
  EXPECT_THAT(with.err, Not(HasSubstr("sigma.array_selector")));
}

TEST_F(ArrayMatching, IsNamedByLintWhereARuleAsksForIt) {
  const std::string line = rule("items[none].port: 22");
  EXPECT_THAT(run({"map", "--lint", line}).out, HasSubstr("--array-matching"));
  EXPECT_THAT(run({"map", "--lint", "--array-matching", line}).out,
              Not(HasSubstr("--array-matching")));
}

}  // namespace
}  // namespace nepho::tests
