#include "inventory/sumo.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace nepho::inventory {
namespace {

// Products under "Vendors and Products".
constexpr auto kProducts = std::to_array<ProviderWord>({
    {"amazon aws", "aws"},
    {"microsoft - azure", "azure"},
    {"azure active directory", "entra"},
    {"azure ad", "entra"},
    {"entra id", "entra"},
    {"office 365", "m365"},
    {"google cloud platform", "gcp"},
    {"google workspace", "gws"},
    {"g suite", "gws"},
    {"okta", "okta"},
    {"github", "github"},
    {"kubernetes", "kubernetes"},
});

// The highest score that the text names ("Static: 3", "1 to 5"), or nothing.
std::optional<int> score_in(std::string_view text) {
  std::optional<int> highest;
  while (true) {
    text.remove_prefix(std::min(text.size(), text.find_first_of("0123456789")));
    int score = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), score);
    if (read.ec != std::errc()) return highest;
    highest = std::max(highest.value_or(score), score);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  }
}

// A guess: the documentation gives scores no words. Equal thirds, the top two critical.
std::string level_of_score(int score) {
  if (score <= 0) return "informational";
  if (score <= 3) return "low";
  if (score <= 6) return "medium";
  return score <= 8 ? "high" : "critical";
}

std::string stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
  return std::string(path.substr(0, path.rfind('.')));
}

void take_tags(std::string_view tags, std::size_t line, std::vector<Claim>& claims) {
  while (!tags.empty()) {
    const std::string_view part = tags.substr(0, tags.find(','));
    tags.remove_prefix(std::min(tags.size(), part.size() + 1));
    const std::string_view tag = trimmed(part);
    for (const std::string_view prefix : {"_mitreAttackTactic:", "_mitreAttackTechnique:"})
      if (tag.starts_with(prefix))
        claims.push_back({.text = std::string(leading_id(tag.substr(prefix.size()))),
                          .line = line,
                          .column = 1});
  }
}

// "|Key|Value|".
void take_row(std::string_view row, std::size_t line, ForeignRule& rule) {
  const std::size_t middle = row.find('|', 1);
  if (middle == std::string_view::npos) return;
  const std::string_view key = trimmed(row.substr(1, middle - 1));
  const std::string_view value = trimmed(row.substr(middle + 1, row.rfind('|') - middle - 1));
  if (key == "Tags") take_tags(value, line, rule.claims);
  if (key == "Enabled by Default") rule.detection.enabled = value == "True";
  if (key == "Prototype" && value == "True") rule.detection.status = "experimental";
  const std::optional<int> score = key == "Score/Severity" ? score_in(value) : std::nullopt;
  if (score) rule.detection.level = level_of_score(*score);
}

}  // namespace

bool is_sumo(std::string_view text) {
  return text.starts_with("# ") && text.find("\n|Score/Severity|") != std::string_view::npos &&
         text.find("\n|Enabled by Default|") != std::string_view::npos;
}

std::vector<ForeignRule> read_sumo(const RuleFile& file) {
  ForeignRule read = rule_at(file, 1, 1);
  read.detection.id = stem_of(file.path);
  std::string_view text = file.text;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view raw = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), raw.size() + 1));
    const std::string_view line = trimmed(raw);
    if (line.starts_with("# ")) {
      const std::size_t colon = line.find("): ");
      read.detection.name = trimmed(line.substr(colon == std::string_view::npos ? 2 : colon + 3));
    } else if (line.starts_with('|')) {
      take_row(line, number, read);
    } else if (line.starts_with("- [")) {
      add_providers(line.substr(0, line.find(']')), kProducts, read.detection.providers);
      read.reads.append(line.substr(0, line.find(']'))).append("\n");
    }
  }
  return {std::move(read)};
}

}  // namespace nepho::inventory
