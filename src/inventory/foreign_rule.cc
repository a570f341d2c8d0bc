#include "inventory/foreign_rule.h"

#include <algorithm>
#include <array>

#include "attack/date.h"
#include "text/fold.h"

namespace nepho::inventory {
namespace {

using text::YamlNode;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_'; }

struct Translation {
  std::string_view word;
  std::string_view means;
};

std::string_view translate(std::string_view word, std::span<const Translation> words) {
  const auto found = std::ranges::find_if(words, [&](const Translation& line) {
    return text::equal_ignoring_case(line.word, trimmed(word));
  });
  return found == words.end() ? std::string_view() : found->means;
}

// Whether `word` stands at the beginning of `text`, as a whole.
bool stands_at(std::string_view text, std::string_view word) {
  const bool is_prefix = word.ends_with('*');
  if (is_prefix) word.remove_suffix(1);
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != lower(word[i])) return false;
  return is_prefix || text.size() == word.size() || !is_word(text[word.size()]);
}

void add_each(std::string_view names, std::vector<std::string>& providers) {
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(' '));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    if (std::ranges::count(providers, name) == 0) providers.emplace_back(name);
  }
}

void append_text(const YamlNode& node, std::string& all) {
  if (node.is_scalar()) all.append(node.text).append("\n");
  for (const YamlNode& item : node.items) append_text(item, all);
  for (const auto& [key, value] : node.members) append_text(value, all);
}

}  // namespace

std::string without_line_comments(std::string_view text) {
  std::string code;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (!trimmed(line).starts_with("//")) code.append(line).append("\n");
  }
  return code;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

ForeignRule rule_at(const RuleFile& file, std::size_t line, std::size_t column) {
  ForeignRule rule;
  rule.detection.format = to_string(file.format);
  rule.detection.path = file.path;
  rule.place = {.file = file.path, .line = line, .column = column};
  return rule;
}

Claim claim_at(const YamlNode& node) {
  return {.text = std::string(leading_id(node.text)),
          .line = node.line,
          .column = node.column,
          .scalar = node.text};
}

std::vector<Claim> claims_at(const YamlNode* node) {
  std::vector<Claim> claims;
  append_claims(node, claims);
  return claims;
}

void append_claims(const YamlNode* node, std::vector<Claim>& claims) {
  if (node == nullptr) return;
  if (node->is_scalar() && !node->is_null() && !trimmed(node->text).empty())
    claims.push_back(claim_at(*node));
  for (const YamlNode& item : node->items)
    if (item.is_scalar() && !item.is_null()) {
      claims.push_back(claim_at(item));
      claims.back().list = node->line;
    }
}

Claim with_slug(Claim claim) {
  const std::size_t at = claim.scalar.find(claim.text + "-");
  if (at == std::string::npos) return claim;
  claim.name = claim.scalar.substr(at + claim.text.size() + 1);
  claim.name_line = claim.line;
  claim.name_column = claim.column;
  return claim;
}

std::string_view leading_id(std::string_view text) {
  text = trimmed(text);
  const bool is_tactic =
      text.size() > 2 && lower(text[0]) == 't' && lower(text[1]) == 'a' && is_digit(text[2]);
  if (!looks_like_technique(text) && !is_tactic) return text;
  const auto end =
      std::ranges::find_if(text, [](char c) { return !is_word(c) && c != '.' && c != '/'; });
  text = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  while (text.ends_with('.') || text.ends_with('/')) text.remove_suffix(1);
  return text;
}

std::optional<std::string> level_of(std::string_view word) {
  constexpr auto kLevels = std::to_array<Translation>({{"informational", "informational"},
                                                       {"information", "informational"},
                                                       {"info", "informational"},
                                                       {"low", "low"},
                                                       {"medium", "medium"},
                                                       {"moderate", "medium"},
                                                       {"high", "high"},
                                                       {"critical", "critical"}});
  const std::string_view level = translate(word, kLevels);
  return level.empty() ? std::nullopt : std::optional<std::string>(level);
}

std::string level_of_risk(double risk) {
  if (risk <= 20) return "informational";
  if (risk <= 40) return "low";
  if (risk <= 60) return "medium";
  return risk <= 80 ? "high" : "critical";
}

std::string status_of(std::string_view word) {
  constexpr auto kStatuses = std::to_array<Translation>({{"stable", "stable"},
                                                         {"production", "stable"},
                                                         {"available", "stable"},
                                                         {"test", "test"},
                                                         {"development", "test"},
                                                         {"experimental", "experimental"},
                                                         {"deprecated", "deprecated"},
                                                         {"unsupported", "unsupported"}});
  return std::string(translate(word, kStatuses));
}

void add_providers(std::string_view text, std::span<const ProviderWord> words,
                   std::vector<std::string>& providers) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_word(text[at]) || (at != 0 && is_word(text[at - 1]))) continue;
    const ProviderWord* longest = nullptr;
    for (const ProviderWord& word : words)
      if (lower(word.word.front()) == lower(text[at]) && stands_at(text.substr(at), word.word) &&
          (longest == nullptr || word.word.size() > longest->word.size()))
        longest = &word;
    if (longest != nullptr) add_each(longest->providers, providers);
  }
}

std::string iso_date(std::string_view text) {
  constexpr std::size_t kDay = 10;  // "2024-03-01"
  std::string day(text.substr(0, kDay));
  std::ranges::replace(day, '/', '-');
  return attack::parse_date(day).ok() ? day : std::string();
}

std::string all_text(const YamlNode* node) {
  std::string all;
  if (node != nullptr) append_text(*node, all);
  return all;
}

}  // namespace nepho::inventory
