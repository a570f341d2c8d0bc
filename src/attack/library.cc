// A version is the name of its file, and is ordered by its numbers: 9.0 lies before 16.1. "16"
// means the newest 16.x, so that a workspace need not be touched when MITRE corrects a release.
#include "attack/library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include "attack/facts_reader.h"
#include "base/printable.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kFolder = "attack/";
constexpr std::string_view kEnding = ".tsv";

// The numbers of "16.1", for ordering; what is no number counts as 0.
std::vector<int> numbers_of(std::string_view version) {
  std::vector<int> numbers;
  while (!version.empty()) {
    const std::size_t end = std::min(version.find('.'), version.size());
    int number = 0;
    std::from_chars(version.data(), version.data() + end, number);
    numbers.push_back(number);
    version.remove_prefix(std::min(end + 1, version.size()));
  }
  return numbers;
}

bool is_meant(std::string_view wanted, std::string_view version) {
  return wanted.empty() || version == wanted || version.starts_with(fmt::format("{}.", wanted));
}

}  // namespace

std::vector<std::string> known_versions(const Knowledge& knowledge) {
  std::vector<std::string> versions;
  for (const KnowledgeFile* file : knowledge.list(kFolder)) {
    std::string_view name = file->path;
    if (!name.ends_with(kEnding)) continue;
    name.remove_prefix(kFolder.size());
    name.remove_suffix(kEnding.size());
    versions.emplace_back(name);
  }
  std::ranges::sort(versions, {}, numbers_of);
  return versions;
}

Result<Catalogue> load_catalogue(const Knowledge& knowledge, std::string_view version,
                                 Detail detail) {
  const auto versions = known_versions(knowledge);
  const auto newest = std::find_if(versions.rbegin(), versions.rend(),
                                   [&](const auto& known) { return is_meant(version, known); });
  if (newest == versions.rend()) {
    return fail(
        kUnknownVersion, "no such version of ATT&CK: " + escape_for_log(version), {},
        fmt::format("known are {}; 'nepho attack import' adds one", fmt::join(versions, ", ")));
  }
  const KnowledgeFile* file = knowledge.find(fmt::format("{}{}{}", kFolder, *newest, kEnding));
  return parse_facts(file->content, file->place, detail).transform([](Facts facts) {
    return Catalogue(std::move(facts));
  });
}

}  // namespace nepho::attack
