// One pass over the condition's tree from its leaves upwards. Only the shape of a test is looked
// at, never whether it is wise: a test that always holds has a level too.
#include "coverage/robustness.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "base/printable.h"
#include "sigma/escape.h"
#include "text/fold.h"
#include "text/yaml.h"
#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

using sigma::Expression;
using sigma::Item;
using text::YamlNode;

constexpr std::string_view kPath = "intel/robustness.yml";
constexpr int kHighest = 5;

Result<int> read_level(const YamlNode& mapping, std::string_view key, const std::string& file) {
  const YamlNode* node = mapping.find(key);
  const auto level = node == nullptr ? std::nullopt : node->integer();
  if (level && *level >= 1 && *level <= kHighest) return static_cast<int>(*level);
  return fail(kBadRobustness,
              fmt::format("expected a level from 1 to {} as '{}', came: {}", kHighest, key,
                          node == nullptr ? "none" : escape_for_log(node->text)),
              (node == nullptr ? mapping : *node).place(file));
}

Result<RobustnessTable::Row> read_row(const YamlNode& node, const std::string& file) {
  if (auto known = text::expect_keys(node, {"level", "fields", "values"}, file); !known) {
    return std::unexpected(known.error());
  }
  const auto level = read_level(node, "level", file);
  if (!level) return std::unexpected(level.error());
  RobustnessTable::Row row{.level = *level};
  for (const std::string& field : node.texts_at("fields")) {
    row.fields.push_back(sigma::parse_pattern(field).folded());
  }
  for (const std::string& word : node.texts_at("values"))
    row.words.push_back(text::fold_case(word));
  if (!row.fields.empty() || !row.words.empty()) return row;
  return fail(kBadRobustness, "expected 'fields' or 'values' in the row", node.place(file));
}

bool fits_field(const RobustnessTable::Row& row, std::string_view field) {
  return row.fields.empty() ||
         std::ranges::any_of(row.fields, [&](const text::WildcardPattern& pattern) {
           return pattern.matches_ignoring_case(field);
         });
}

// The literal text that a value asks for; empty for what is no text.
std::string text_of(const sigma::Value& value) {
  if (const auto* text = std::get_if<sigma::TextValue>(&value)) {
    return text::fold_case(text->pattern.longest_literal());
  }
  if (const auto* regex = std::get_if<sigma::RegexValue>(&value)) {
    return text::fold_case(regex->regex.source());
  }
  return {};
}

// Every text must hold a word: of a list of names, one that is no tool's makes it more than those.
bool fits_words(const RobustnessTable::Row& row, const Item& item) {
  if (row.words.empty()) return true;
  return !item.values.empty() && std::ranges::all_of(item.values, [&](const auto& value) {
    const std::string text = text_of(value);
    return std::ranges::any_of(
        row.words, [&](const std::string& word) { return text.find(word) != std::string::npos; });
  });
}

bool asks_for_presence(const Item& item) {
  return !item.array && std::ranges::all_of(item.values, [](const sigma::Value& value) {
    const auto* text = std::get_if<sigma::TextValue>(&value);
    return std::holds_alternative<sigma::NullValue>(value) ||
           std::holds_alternative<sigma::ExistsValue>(value) ||
           (text != nullptr && text->pattern.matches_everything());
  });
}

// A node whose children are being looked at.
struct OpenNode {
  const Expression* node = nullptr;
  std::size_t next_child = 0;
  int level = 0;
};

// Of nothing: "and" holds always, so nothing passes it by; "or" never.
int level_of_nothing(const Expression& node) {
  return node.kind == Expression::Kind::kOr ? 1 : kHighest;
}

int joined(Expression::Kind kind, int a, int b) {
  return kind == Expression::Kind::kOr ? std::max(a, b) : std::min(a, b);
}

}  // namespace

Result<RobustnessTable> load_robustness(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kBadRobustness, "knowledge/intel/robustness.yml is missing");
  return parse_robustness(file->content, file->place);
}

Result<RobustnessTable> parse_robustness(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  if (auto known = text::expect_keys(*root, {"rows", "other", "presence", "keyword"}, file);
      !known) {
    return std::unexpected(known.error());
  }
  RobustnessTable table;
  for (const auto& [key, level] : {std::pair{"other", &table.other},
                                   {"presence", &table.presence},
                                   {"keyword", &table.keyword}}) {
    const auto read = read_level(*root, key, file);
    if (!read) return std::unexpected(read.error());
    *level = *read;
  }
  const YamlNode* rows = root->find("rows");
  if (rows == nullptr || !rows->is_sequence()) {
    return fail(kBadRobustness, "expected a list as 'rows'", root->place(file));
  }
  for (const YamlNode& node : rows->items) {
    auto row = read_row(node, file);
    if (!row) return std::unexpected(row.error());
    table.rows.push_back(std::move(*row));
  }
  return table;
}

int level_of(const Item& item, const RobustnessTable& table) {
  if (item.is_keyword()) return table.keyword;
  const bool is_presence = asks_for_presence(item);
  const std::string field = text::fold_case(item.field);
  for (const RobustnessTable::Row& row : table.rows) {
    if (!fits_field(row, field) || !fits_words(row, item)) continue;
    // Whether an error or an address is there at all is less easily chosen than what it says.
    return is_presence ? std::max(row.level, table.presence) : row.level;
  }
  return is_presence ? table.presence : table.other;
}

int robustness_of(const sigma::Rule& rule, const RobustnessTable& table) {
  std::vector<OpenNode> open{{&rule.condition, 0, level_of_nothing(rule.condition)}};
  while (true) {
    OpenNode& top = open.back();
    const Expression& node = *top.node;
    if (node.kind != Expression::Kind::kItem && top.next_child < node.children.size()) {
      const Expression& child = node.children[top.next_child++];
      open.push_back({&child, 0, level_of_nothing(child)});
      continue;
    }
    const int level =
        node.kind == Expression::Kind::kItem ? level_of(rule.items[node.item], table) : top.level;
    open.pop_back();
    if (open.empty()) return level;
    open.back().level = joined(open.back().node->kind, open.back().level, level);
  }
}

}  // namespace nepho::coverage
