#include "tests/support/record_cases.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/files.h"
#include "text/json.h"
#include "text/yaml.h"
#include "text/yaml_json.h"

namespace nepho::tests {
namespace {

using text::YamlNode;

constexpr ErrorCode kBadCase{"tests.bad_case"};
constexpr std::array<std::string_view, 8> kShown = {
    "time", "event_name", "actor", "source_ip", "user_agent", "account", "region", "outcome"};

class CaseReader {
 public:
  CaseReader(const std::string& file, LoadReport& report) : file_(file), report_(report) {}

  RecordCase read(const YamlNode& node) {
    RecordCase one;
    one.line = node.line;
    for (const auto& [key, value] : node.members) take(key, value, one);
    if (one.source.empty() || one.record.empty()) error(node, "expected 'is' and 'record'");
    return one;
  }

 private:
  void error(const YamlNode& at, std::string message) {
    report_.add_error(Error(kBadCase, std::move(message), at.place(file_)));
  }

  void take(const YamlNode& key, const YamlNode& value, RecordCase& one) {
    if (key.text == "name") {
      one.name = value.text;
    } else if (key.text == "is") {
      one.source = value.text;
    } else if (key.text == "record") {
      one.record = record_of(value);
    } else if (key.text == "logsource") {
      for (const YamlNode& item : value.items) one.logsources.push_back(logsource_of(item));
    } else if (key.text == "matches" || key.text == "not_matches") {
      for (const YamlNode& item : value.items) {
        one.selections.push_back({text::json_of_yaml(item), key.text == "matches", item.line});
      }
    } else if (std::ranges::find(kShown, key.text) != kShown.end() && value.is_scalar()) {
      one.shown[key.text] = value.is_null() ? std::string() : value.text;
    } else {
      error(key, "no such key: " + key.text);
    }
  }

  std::string record_of(const YamlNode& node) {
    std::string json = node.is_scalar() ? node.text : text::json_of_yaml(node);
    if (!text::JsonDocument::parse(json)) error(node, "expected a mapping, or JSON");
    return json;
  }

  static sigma::Logsource logsource_of(const YamlNode& node) {
    return {.product = std::string(node.text_at("product")),
            .category = std::string(node.text_at("category")),
            .service = std::string(node.text_at("service"))};
  }

  const std::string& file_;
  LoadReport& report_;
};

}  // namespace

std::vector<RecordCase> read_record_cases(const std::filesystem::path& file, LoadReport& report) {
  const std::string name = file.string();
  const auto text = read_file(file, kDefaultLimits.max_bundle_bytes);
  if (!text) {
    report.add_error(text.error());
    return {};
  }
  const auto root = text::parse_yaml(*text, name);
  if (!root) {
    report.add_error(root.error());
    return {};
  }
  std::vector<RecordCase> cases;
  for (const YamlNode& node : root->items) {
    LoadReport own;
    RecordCase one = CaseReader(name, own).read(node);
    if (!own.has_errors()) cases.push_back(std::move(one));
    report.append(std::move(own));
  }
  if (cases.empty() && !report.has_errors()) {
    report.add_error(Error(kBadCase, "expected a list of records", root->place(name)));
  }
  return cases;
}

}  // namespace nepho::tests
