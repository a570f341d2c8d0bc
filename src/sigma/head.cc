// The head of a document is read leniently: a rule with an odd level still detects. Only what
// nobody could do without, the title and the logsource, is an error.
#include "sigma/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

// In the order of the enumerations.
constexpr auto kLevels =
    std::to_array<std::string_view>({"informational", "low", "medium", "high", "critical"});
constexpr auto kStatuses = std::to_array<std::string_view>(
    {"stable", "test", "experimental", "deprecated", "unsupported"});

// Specification 2.1, with those of correlations and filters, and SigmaHQ's own.
constexpr auto kKeys = std::to_array<std::string_view>(
    {"title",      "id",        "name",        "related",
     "taxonomy",   "status",    "description", "license",
     "references", "author",    "date",        "modified",
     "logsource",  "detection", "fields",      "falsepositives",
     "level",      "tags",      "scope",       "correlation",
     "filter",     "action",    "simulation",  "regression_tests_path"});

// 8-4-4-4-12 hex digits.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
      return false;
  }
  return true;
}

// FNV-1a, 64 bits: an id that stays the same from run to run needs no more.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

// The index of the word at `key` in `words`; a warning when it is none of them.
std::optional<std::size_t> word_at(const YamlNode& root, std::string_view key,
                                   std::span<const std::string_view> words,
                                   const ParseContext& context) {
  const YamlNode* node = root.find(key);
  if (node == nullptr || node->is_null()) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node->text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string near = text::did_you_mean(node->text, words);
  context.report.add_warning(
      {kUnknownWord, fmt::format("'{}' is no {} of Sigma", escape_for_log(node->text), key),
       node->place(context.file),
       near.empty() ? fmt::format("expected one of {}", fmt::join(words, ", ")) : near});
  return std::nullopt;
}

void parse_id(const YamlNode& root, const ParseContext& context, Rule& rule) {
  const YamlNode* node = root.find("id");
  if (node == nullptr || node->text.empty()) {
    rule.id.value = fmt::format("unnamed:{:016x}", hash_of(context.file + '\n' + rule.title));
    return;
  }
  rule.id.value = node->text;
  if (!is_uuid(node->text))
    context.report.add_warning({kBadId,
                                "expected a UUID as id, found '" + escape_for_log(node->text) + "'",
                                node->place(context.file)});
}

void parse_tags(const YamlNode& root, const ParseContext& context, Rule& rule) {
  const YamlNode* node = root.find("tags");
  if (node == nullptr || node->is_null()) return;
  if (!node->is_sequence())
    context.report.add_warning({kWrongType, "'tags' expects a list", node->place(context.file),
                                "write '- ' in front of each"});
  const auto add = [&](const YamlNode& tag) {
    if (tag.is_scalar()) rule.tags.push_back({tag.text, tag.line, tag.column});
  };
  if (node->is_scalar()) add(*node);
  for (const YamlNode& tag : node->items) add(tag);
}

void warn_of_misspelt_keys(const YamlNode& root, const ParseContext& context) {
  for (const auto& [key, value] : root.members) {
    if (std::find(kKeys.begin(), kKeys.end(), key.text) != kKeys.end()) continue;
    const std::string near = text::did_you_mean(key.text, kKeys);
    if (!near.empty())
      context.report.add_warning(
          {kUnknownKey, fmt::format("'{}' is not a key of Sigma", escape_for_log(key.text)),
           key.place(context.file), near});
  }
}

}  // namespace

std::string_view to_string(Level level) { return kLevels[static_cast<std::size_t>(level)]; }
std::string_view to_string(Status status) { return kStatuses[static_cast<std::size_t>(status)]; }

void parse_head(const YamlNode& root, const ParseContext& context, Rule& rule) {
  rule.place = root.place(context.file);
  rule.title = root.text_at("title");
  rule.name = root.text_at("name");
  rule.description = root.text_at("description");
  rule.author = fmt::format("{}", fmt::join(root.texts_at("author"), ", "));
  rule.references = root.texts_at("references");
  rule.false_positives = root.texts_at("falsepositives");
  rule.fields = root.texts_at("fields");
  rule.date = root.text_at("date");
  rule.modified = root.text_at("modified");
  parse_id(root, context, rule);
  parse_tags(root, context, rule);
  if (const auto level = word_at(root, "level", kLevels, context))
    rule.level = static_cast<Level>(*level);
  if (const auto status = word_at(root, "status", kStatuses, context))
    rule.status = static_cast<Status>(*status);
  warn_of_misspelt_keys(root, context);
  if (rule.title.empty())
    context.report.add_error(
        {kMissingKey, "there is no title", rule.place, "add 'title: what the rule detects'"});
}

void parse_logsource(const YamlNode& root, const ParseContext& context, Logsource& logsource) {
  const YamlNode* node = root.find("logsource");
  if (node == nullptr || !node->is_mapping()) {
    context.report.add_error(
        {node == nullptr ? kMissingKey : kWrongType, "there is no logsource",
         node == nullptr ? root.place(context.file) : node->place(context.file),
         "add one: logsource: {product: aws, service: cloudtrail}"});
    return;
  }
  logsource = {.product = std::string(node->text_at("product")),
               .category = std::string(node->text_at("category")),
               .service = std::string(node->text_at("service"))};
  if (logsource == Logsource{})
    context.report.add_error({kMissingKey, "the logsource names no product, category or service",
                              root.find_key("logsource")->place(context.file)});
}

}  // namespace nepho::sigma
