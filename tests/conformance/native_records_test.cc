// SigmaHQ's cloud rules on logs as they are delivered: of how many does a record exist on which the
// rule holds, as the provider writes it? For every rule of a product native_records/<product>.yml
// has
//
//   - rule: 2b7d6fc0-71ac-4cf7-8ed1-b5788ee5257a     its id
//     form: native              as the provider's own export or API has the record;
//           log-analytics       only as a row of Log Analytics (Microsoft's or Google's);
//           elastic             only as Elastic rewrites it;
//           none                in no form
//     record: JSON              with the rest
//     placeholders: {NAME: [VALUE, ...]}             where the rule has some
//     why: TEXT                 with none
//
// Where the rules are is no part of the project; without them there is nothing to ask.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/files.h"
#include "detect/shard.h"
#include "plan/plan.h"
#include "sigma/load.h"
#include "tests/support/program.h"
#include "tests/support/shared_data.h"
#include "text/yaml.h"

namespace nepho::tests {
namespace {

struct NativeCase {
  std::string form;
  std::string record;
  sigma::Placeholders placeholders;
  std::size_t line = 0;
};
// By the id of the rule.
using NativeCases = std::map<std::string, NativeCase>;

NativeCases read_cases(const std::filesystem::path& file) {
  static const std::set<std::string_view> kForms = {"native", "log-analytics", "elastic", "none"};
  NativeCases cases;
  const auto text = read_file(file, kDefaultLimits.max_bundle_bytes);
  EXPECT_TRUE(text) << file;
  const auto root = text::parse_yaml(text ? *text : "", file.string());
  EXPECT_TRUE(root) << (root ? "" : to_string(root.error()));
  if (!root) return cases;
  for (const text::YamlNode& node : root->items) {
    NativeCase one{.form = std::string(node.text_at("form")),
                   .record = std::string(node.text_at("record")),
                   .line = node.line};
    EXPECT_TRUE(kForms.contains(one.form)) << file << ":" << node.line;
    EXPECT_NE(one.record.empty(), node.text_at("why").empty()) << file << ":" << node.line;
    if (const auto* placeholders = node.find("placeholders")) {
      for (const auto& [name, values] : placeholders->members) {
        one.placeholders[name.text] = placeholders->texts_at(name.text);
      }
    }
    const bool is_new = cases.emplace(node.text_at("rule"), std::move(one)).second;
    EXPECT_TRUE(is_new) << file << ":" << node.line << ": a second case for the rule";
  }
  return cases;
}

class NativeRecords : public testing::Test {
 protected:
  NativeRecords() : sources_(event::LogSources::load(knowledge_, report_)) {}

  // The rules of a product in the shared folder, by id, with the files they stand in.
  static std::map<std::string, std::string> rules_of(const std::string& product,
                                                     const std::filesystem::path& folder) {
    LoadReport report;
    std::map<std::string, std::string> files;
    for (const auto& document : sigma::read_documents({folder.string()}, {}, report)) {
      const sigma::Rule& rule = document.rule;
      if (rule.logsource.product == product) files[rule.id.value] = rule.place.file;
    }
    return files;
  }

  // Whether the rule holds for the record, as a run with log sources finds it.
  bool holds(const std::string& id, const std::string& file, const NativeCase& one) {
    LoadReport report;
    auto rules = sigma::load_rules({file}, {.placeholders = one.placeholders}, report);
    std::erase_if(rules, [&](const sigma::Rule& rule) { return rule.id.value != id; });
    EXPECT_EQ(rules.size(), 1U) << id;
    const plan::Plan plan(rules, sources_, {});
    detect::Shard shard(plan, {});
    std::string padded = one.record;
    padded.append(text::kJsonPadding, ' ');
    return !shard
                .run({.bytes = std::string_view(padded).substr(0, one.record.size()),
                      .layout = detect::Slice::Layout::kValues})
                .matches.empty();
  }

  // Every rule has its case, and holds for the record that the case has.
  void check(const std::string& product) {
    const auto folder = shared_data("data/sigma/rules");
    if (!folder) GTEST_SKIP() << kNoSharedData;
    const auto cases_file =
        source_folder() / "tests/conformance/native_records" / (product + ".yml");
    const NativeCases cases = read_cases(cases_file);
    std::map<std::string, int> tally;
    const auto rules = rules_of(product, *folder);
    for (const auto& [id, file] : rules) {
      const auto found = cases.find(id);
      if (found == cases.end()) {
        ADD_FAILURE() << file << ": no case in " << cases_file << " for " << id;
        continue;
      }
      const NativeCase& one = found->second;
      ++tally[one.form];
      if (one.form == "none" || holds(id, file, one)) continue;
      ADD_FAILURE_AT(cases_file.c_str(), static_cast<int>(one.line))
          << id << " does not hold for its record";
    }
    fmt::print("of {} rules of {}:", rules.size(), product);
    for (const auto& [form, count] : tally) fmt::print(" {} {}", count, form);
    fmt::print("\n");
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
};

TEST_F(NativeRecords, ReachSigmaHqsRulesForAzure) { check("azure"); }
TEST_F(NativeRecords, ReachSigmaHqsRulesForMicrosoft365) { check("m365"); }
TEST_F(NativeRecords, ReachSigmaHqsRulesForGoogle) { check("gcp"); }
TEST_F(NativeRecords, ReachSigmaHqsRulesForKubernetes) { check("kubernetes"); }
TEST_F(NativeRecords, ReachSigmaHqsRulesForOkta) { check("okta"); }
TEST_F(NativeRecords, ReachSigmaHqsRulesForGitHub) { check("github"); }

}  // namespace
}  // namespace nepho::tests
