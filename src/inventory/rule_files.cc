#include "inventory/rule_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/files.h"

namespace nepho::inventory {
namespace {

bool has_ending(std::string_view path, std::span<const std::string_view> endings) {
  return std::ranges::any_of(endings,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

bool is_yaml_path(std::string_view path) {
  constexpr auto kEndings = std::to_array<std::string_view>({".yml", ".yaml"});
  return has_ending(path, kEndings);
}

bool may_hold_rules(std::string_view path) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {".toml", ".json", ".ndjson", ".jsonl", ".xml", ".yaral", ".conf", ".csv", ".md"});
  return is_yaml_path(path) || has_ending(path, kEndings);
}

sigma::Document unreadable(Error error, const std::string& path) {
  sigma::Document document;
  document.rule.place = {.file = path};
  document.problems.push_back({Severity::kError, std::move(error), {}});
  return document;
}

}  // namespace

std::vector<std::string> rule_paths(const std::vector<std::string>& arguments) {
  std::vector<std::string> paths = find_files(arguments).paths;
  std::erase_if(paths, [&](const std::string& path) {
    const bool is_named = std::ranges::count(arguments, path) != 0;
    return path == "-" || (!is_named && !may_hold_rules(path));
  });
  return paths;
}

RuleFiles read_rule_files(const std::vector<std::string>& arguments,
                          const sigma::LoadOptions& options, LoadReport& report) {
  FoundFiles found = find_files(arguments);
  report.append(std::move(found.report));
  RuleFiles files;
  for (const std::string& path : found.paths) {
    const bool is_named = std::ranges::count(arguments, path) != 0;
    const bool is_expected = is_named || is_yaml_path(path);
    if (!is_expected && !may_hold_rules(path)) continue;
    auto text = read_file(path == "-" ? "/dev/stdin" : path, options.limits.max_document_bytes);
    if (!text) {
      if (is_expected) {
        files.documents.push_back(unreadable(std::move(text.error()), path));
      } else {
        report.add(Severity::kNote, std::move(text.error()));
      }
      continue;
    }
    if (auto other = recognize(*text, path, options.limits)) {
      files.others.push_back(*std::move(other));
    } else if (is_expected) {
      auto documents = sigma::parse_documents(*text, path, options);
      std::ranges::move(documents, std::back_inserter(files.documents));
    }
  }
  return files;
}

}  // namespace nepho::inventory
