// Mending other people's rules (data/rules of the shared data): only lines of the mapping change,
// a second time nothing, and no problem that can be mended is left.
#include "inventory/mend.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>

#include "attack/library.h"
#include "base/files.h"
#include "inventory/import.h"
#include "inventory/import_testing.h"
#include "inventory/rule_files.h"
#include "tests/support/shared_data.h"
#include "text/edit.h"
#include "text/line_offsets.h"

namespace nepho {
namespace {

// The nearest line at or above that a mapping begins with must come before any other key.
bool is_below_key(const std::vector<std::string>& lines, std::size_t line) {
  static const std::regex kMapping(
      R"re(\s*(- )?(tags|mitre_attack_id|relevantTechniques|tactics|MITRE ATT&CK|technique_id)\s*:.*)re"
      R"re(|\s*(- )?(techniques|Technique|Tactic|technique|attack_mapping)\s*:.*)re"
      R"re(|\s*"(tactics|techniques|subTechniques|tags)"\s*:.*)re");
  static const std::regex kItem(R"re(\s*-\s.*|\s*"[^":]*",?\s*|\s*[\[\]],?\s*|\s*(#.*)?)re");
  for (std::size_t at = line; at > 0; --at) {
    if (std::regex_match(lines[at - 1], kMapping)) return true;
    if (!std::regex_match(lines[at - 1], kItem)) return false;
  }
  return false;
}

bool is_of_mapping(const std::string& path, const std::vector<std::string>& lines,
                   std::size_t line) {
  const std::string& text = lines[line - 1];
  if (path.ends_with(".toml")) {
    for (std::size_t at = line; at > 0; --at)
      if (lines[at - 1].find_first_not_of(" ") != std::string::npos &&
          lines[at - 1][lines[at - 1].find_first_not_of(' ')] == '[')
        return lines[at - 1].find("[rule.threat") != std::string::npos;
    return false;
  }
  if (path.ends_with(".xml")) return text.find("<id>T") != std::string::npos;
  if (path.ends_with(".yaral"))
    return std::regex_search(text, std::regex(R"(^\s*(mitre\w*|technique\w*|tactic\w*)\s*=)"));
  return is_below_key(lines, line);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string line(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    while (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

// Problems that a fix is known for; those of fields and events are not of the mapping.
std::size_t num_fixable(const std::string& text, const std::string& path) {
  auto file = inventory::recognize(text, path);
  if (!file) return 0;
  std::size_t count = 0;
  for (const auto& detection :
       inventory::import_rules(*std::move(file), inventory::test_references()))
    count += static_cast<std::size_t>(std::ranges::count_if(
        detection.problems, [](const Problem& problem) { return !problem.fix.empty(); }));
  return count;
}

TEST(Mend, OfPublicRulesOnlyLinesOfTheMappingChange) {
  const auto folder = tests::shared_data("data/rules");
  if (!folder) GTEST_SKIP() << tests::kNoSharedData;
  std::map<std::string, std::size_t> changed;
  for (const std::string& path : inventory::rule_paths({folder->string()})) {
    const auto text = read_file(path, std::size_t{16} << 20U);
    ASSERT_TRUE(text);
    const auto mended = inventory::mend(*text, path, inventory::test_references());
    const auto lines = lines_of(*text);
    const text::LineOffsets places(*text, text::Counting::kLines);
    for (const text::Edit& edit : mended.edits) {
      const std::size_t last = edit.offset + (edit.size == 0 ? 0 : edit.size - 1);
      for (std::size_t line = places.line_of(edit.offset); line <= places.line_of(last); ++line)
        EXPECT_TRUE(is_of_mapping(path, lines, line)) << path << ':' << line;
    }
    if (!mended.edits.empty())
      ++changed[std::filesystem::path(path).parent_path().filename().string()];
    const std::string after = text::apply_edits(*text, mended.edits);
    EXPECT_TRUE(inventory::mend(after, path, inventory::test_references()).edits.empty()) << path;
    EXPECT_EQ(num_fixable(after, path), 0U) << path;
  }
  for (const char* format : {"elastic", "splunk", "panther", "sentinel-yaml", "wazuh"})
    EXPECT_NE(changed[format], 0U) << format;
}

}  // namespace
}  // namespace nepho
