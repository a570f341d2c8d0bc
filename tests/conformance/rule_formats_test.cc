// Public rules of eleven products, read as somebody else has read them: data/rules/<format>/ with
// expected.json. What we read otherwise stands here, each with the reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/files.h"
#include "inventory/import_testing.h"
#include "inventory/rule_files.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using inventory::Detection;
using text::JsonValue;
using Texts = std::set<std::string>;

// Detections by file and id.
using ByFile = std::map<std::string, std::map<std::string, Detection>>;

ByFile read_folder(const std::filesystem::path& folder) {
  LoadReport report;
  inventory::RuleFiles files = inventory::read_rule_files({folder.string()}, {}, report);
  ByFile detections;
  for (inventory::RuleFile& file : files.others) {
    auto& of_file = detections[std::filesystem::path(file.path).filename()];
    for (Detection& detection :
         inventory::import_rules(std::move(file), inventory::test_references()))
      of_file.emplace(detection.id, std::move(detection));
  }
  return detections;
}

Texts texts_at(const JsonValue& expected, std::string_view key) {
  Texts texts;
  if (const auto list = expected.find(key))
    for (const JsonValue& item : list->children()) texts.emplace(item.text());
  return texts;
}

// Providers as we call them; those that are none of ours are left out.
Texts providers_of(const JsonValue& expected) {
  static const std::map<std::string, std::string> kOurs = {
      {"k8s", "kubernetes"}, {"container", "kubernetes"}, {"aws", "aws"},   {"azure", "azure"},
      {"gcp", "gcp"},        {"entra", "entra"},          {"m365", "m365"}, {"gws", "gws"},
      {"okta", "okta"},      {"github", "github"}};
  Texts providers;
  for (const std::string& name : texts_at(expected, "provider"))
    if (const auto found = kOurs.find(name); found != kOurs.end()) providers.insert(found->second);
  return providers;
}

// On-premises SharePoint, which the expectation calls Microsoft 365.
bool is_of_own_servers(std::string_view id) {
  return id == "mr_83daf64e-25e8-4b6b-8596-3adcc694e781" ||
         id == "mr_c174ff49-5dd5-42c5-b41b-8b11b42c0a64";
}

// Off by their folder, "_deprecated", which the samples are taken out of.
bool is_off_by_its_folder(std::string_view id) {
  return id == "mitre_attack_T1564_001_windows_system_files" || id == "turla_backdoor_sysmon";
}

void compare(const JsonValue& expected, const Detection& detection) {
  const std::string_view id = expected.string_at("id");
  SCOPED_TRACE(detection.path + " " + std::string(id));
  EXPECT_EQ(Texts(detection.techniques.begin(), detection.techniques.end()),
            texts_at(expected, "techniques_v19"));
  const Texts providers = providers_of(expected);
  if (!providers.empty() && !is_of_own_servers(id)) {
    EXPECT_EQ(Texts(detection.providers.begin(), detection.providers.end()), providers);
  }
  const std::string_view level = expected.string_at("severity_norm");
  if (!level.empty()) {
    EXPECT_EQ(detection.level, level);
  }
  if (!is_off_by_its_folder(id)) {
    EXPECT_EQ(detection.enabled, expected.flag_at("enabled"));
  }
}

// Compares all rules of a folder's expectation; their number.
std::size_t compare_folder(const std::filesystem::path& folder) {
  const auto text = read_file(folder / "expected.json", kDefaultLimits.max_document_bytes);
  const auto document = text ? text::JsonDocument::parse(*text) : fail(text.error().code, "");
  EXPECT_TRUE(document) << folder;
  if (!document) return 0;
  ByFile detections = read_folder(folder);
  std::size_t num_rules = 0;
  for (const JsonValue& file : document->root().children()) {
    const std::string name(file.key());
    std::vector<JsonValue> rules;
    if (file.is_array()) {
      for (const JsonValue& rule : file.children()) rules.push_back(rule);
    } else {
      rules.push_back(file);
    }
    for (const JsonValue& rule : rules) {
      const auto found = detections[name].find(std::string(rule.string_at("id")));
      EXPECT_NE(found, detections[name].end()) << name << " " << rule.string_at("id");
      if (found != detections[name].end()) compare(rule, found->second);
      ++num_rules;
    }
    EXPECT_EQ(detections[name].size(), rules.size()) << name;
  }
  return num_rules;
}

TEST(RuleFormats, PublicRulesOfElevenProductsAreReadAsExpected) {
  const auto rules = shared_data("data/rules");
  if (!rules) GTEST_SKIP() << kNoSharedData;
  std::size_t num_rules = 0;
  for (const char* format : {"anvilogic", "elastic", "falco", "gcp-csa", "okta", "panther",
                             "sentinel-arm", "sentinel-yaml", "splunk", "wazuh", "yaral"})
    num_rules += compare_folder(*rules / format);
  EXPECT_GE(num_rules, 500U);
}

}  // namespace
}  // namespace nepho::tests
