// The rules that benches of many rules are run with (bench/README.md) are rules: they load, they
// differ, and they are of the shapes that their maker promises.
#include "tests/support/generated_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sigma/load.h"
#include "tests/support/program.h"

namespace nepho::tests {
namespace {

constexpr std::size_t kNumRules = 3'000;

class GeneratedRules : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_generate_rules()) GTEST_SKIP() << "needs python3";
    ASSERT_TRUE(generate_rules(folder_.path() / "rules", kNumRules));
  }

  TemporaryFolder folder_;
};

bool names_event(const sigma::Rule& rule) {
  return std::any_of(rule.items.begin(), rule.items.end(), [](const sigma::Item& item) {
    return item.field == "eventName" || item.field == "eventSource";
  });
}

TEST_F(GeneratedRules, AllLoadWithoutAnyProblem) {
  LoadReport report;
  const auto rules = sigma::load_rules({(folder_.path() / "rules").string()}, {}, report);
  EXPECT_EQ(rules.size(), kNumRules);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  std::set<std::string> ids;
  for (const sigma::Rule& rule : rules) ids.insert(rule.id.value);
  EXPECT_EQ(ids.size(), kNumRules);
}

TEST_F(GeneratedRules, SixteenInAHundredNameNoEvent) {
  LoadReport report;
  const auto rules = sigma::load_rules({(folder_.path() / "rules").string()}, {}, report);
  EXPECT_EQ(rules.size() - std::size_t(std::count_if(rules.begin(), rules.end(), names_event)),
            kNumRules * 16 / 100);
}

TEST_F(GeneratedRules, AreTheSameBytesForTheSameSeed) {
  ASSERT_TRUE(generate_rules(folder_.path() / "again", kNumRules));
  ASSERT_TRUE(generate_rules(folder_.path() / "other", kNumRules, /*seed=*/2));
  std::size_t others = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "rules")) {
    const std::string text = contents_of(entry.path());
    const auto name = entry.path().filename();
    EXPECT_EQ(text, contents_of(folder_.path() / "again" / name)) << name;
    others += text == contents_of(folder_.path() / "other" / name) ? 0 : 1;
  }
  EXPECT_EQ(others, kNumRules);
}

}  // namespace
}  // namespace nepho::tests
