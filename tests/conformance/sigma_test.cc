// Sigma's features and SigmaHQ's cloud rules against the reference evaluator: each case says
// whether a rule holds for an event, or must be refused. Cases marked ambiguous rest on a choice;
// which way we chose stands in docs/decisions/sigma-semantics.md, and they are counted and printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "base/files.h"
#include "plan/reference.h"
#include "sigma/load.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using text::JsonValue;

struct Tally {
  int num_cases = 0;
  int num_other = 0;  // ambiguous cases that we decide the other way

  // Firm cases must agree; ambiguous ones are told.
  void add(bool got, bool expected, bool is_ambiguous, const std::string& what) {
    ++num_cases;
    if (!is_ambiguous) {
      EXPECT_EQ(got, expected) << what;
    } else if (got != expected) {
      ++num_other;
      std::printf("    we say %s: %s\n", got ? "yes" : "no", what.c_str());
    }
  }
  ~Tally() {
    std::printf("%d cases, %d ambiguous ones decided the other way\n", num_cases, num_other);
  }
};

sigma::Placeholders placeholders_of(const JsonValue& a_case) {
  sigma::Placeholders placeholders;
  const auto given = a_case.find("placeholders");
  if (!given || !given->is_object()) return placeholders;
  for (const JsonValue& name : given->children())
    for (const JsonValue& value : name.children())
      placeholders[std::string(name.key())].emplace_back(value.text());
  return placeholders;
}

text::JsonDocument read_json(const std::filesystem::path& path) {
  auto text = read_file(path, kDefaultLimits.max_bundle_bytes);
  EXPECT_TRUE(text) << path;
  auto document = text::JsonDocument::parse(text ? *text : "{}", path);
  EXPECT_TRUE(document) << path;
  return *std::move(document);
}

TEST(Sigma, EveryFeatureIsEvaluatedAsSpecified) {
  const auto path = shared_data("data/sigma/features.json");
  if (!path) GTEST_SKIP() << kNoSharedData;
  const text::JsonDocument cases = read_json(*path);
  Tally tally;
  for (const JsonValue& one : cases.root().children()) {
    const std::string what =
        std::string(one.string_at("id")) + ": " + std::string(one.string_at("note"));
    const auto documents = sigma::parse_documents(one.string_at("rule"), "r.yml",
                                                  {.placeholders = placeholders_of(one)});
    ASSERT_FALSE(documents.empty()) << what;
    const bool is_ambiguous = one.flag_at("ambiguous");
    const auto expected = one.find("expected");
    if (one.flag_at("expect_rule_error")) {
      tally.add(!documents[0].is_runnable, true, is_ambiguous, what + " (refused)");
    } else if (expected && expected->type() != text::JsonType::kNull) {
      const bool got =
          documents[0].is_runnable && plan::holds(documents[0].rule, *one.find("event"), {});
      tally.add(got, one.flag_at("expected"), is_ambiguous, what);
    }
  }
  EXPECT_GT(tally.num_cases, 300);
}

TEST(Sigma, SigmaHqsCloudRulesHoldForTheEventsMadeForThem) {
  const auto folder = shared_data("data/sigma/rule_events");
  if (!folder) GTEST_SKIP() << kNoSharedData;
  Tally tally;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".ndjson") continue;
    const auto text = read_file(entry.path(), kDefaultLimits.max_bundle_bytes);
    ASSERT_TRUE(text);
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t size = std::min(rest.find('\n'), rest.size());
      const auto line = text::JsonDocument::parse(std::string(rest.substr(0, size)));
      rest.remove_prefix(std::min(size + 1, rest.size()));
      ASSERT_TRUE(line);
      const JsonValue one = line->root();
      LoadReport report;
      const auto rule_path = *folder / ".." / "rules" / one.string_at("rule_path");
      const auto rules =
          sigma::load_rules({rule_path.string()}, {.placeholders = placeholders_of(one)}, report);
      bool got = false;
      for (const sigma::Rule& rule : rules)
        got = got || (rule.id.value == one.string_at("rule_id") &&
                      plan::holds(rule, *one.find("event"), {}));
      tally.add(got, one.flag_at("expected"), one.flag_at("ambiguous"),
                std::string(one.string_at("rule_path")) + ": " + std::string(one.string_at("why")));
    }
  }
  EXPECT_GT(tally.num_cases, 500);
}

}  // namespace
}  // namespace nepho::tests
