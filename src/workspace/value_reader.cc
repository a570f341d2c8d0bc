// Every function follows one pattern: take the value where it is what it must be, else report what
// was expected and what came, and give the value that means "nothing". The reader above never looks
// whether one failed; it asks the report at the end.
#include "workspace/value_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/printable.h"
#include "text/timespan.h"
#include "text/timestamp.h"
#include "text/yaml_keys.h"
#include "workspace/errors.h"

namespace nepho::workspace {

using text::YamlNode;

void ValueReader::error(ErrorCode code, const YamlNode& at, std::string message, std::string hint) {
  report_.add_error(Error(code, std::move(message), at.place(file_), std::move(hint)));
}

std::string ValueReader::shown(const YamlNode& node) {
  if (node.is_sequence()) return "a list";
  if (node.is_mapping()) return "a mapping";
  if (node.is_null()) return "nothing";
  return "'" + escape_for_log(node.text) + "'";
}

bool ValueReader::has_keys(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  if (node.is_null()) return false;
  auto checked = text::expect_keys(node, keys, file_);
  if (!checked) report_.add_error(checked.error());
  return checked.has_value();
}

// The place is that of the mapping: what is missing has none. Only the first missing key is named,
// as the others are mostly missing for the same reason.
bool ValueReader::has_all(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  for (const auto key : keys) {
    if (const YamlNode* value = node.find(key); value != nullptr && !value->is_null()) continue;
    error(kMissingKey, node, fmt::format("expected the key '{}'", key));
    return false;
  }
  return true;
}

bool ValueReader::is_mapping(const YamlNode& node) {
  if (node.is_mapping()) return true;
  if (!node.is_null()) error(kBadValue, node, "expected a mapping, came: " + shown(node));
  return false;
}

// Gives the node's own list, which is empty for a scalar or a mapping: no copy, no dangling.
const std::vector<YamlNode>& ValueReader::items_of(const YamlNode& node) {
  if (!node.is_sequence() && !node.is_null()) {
    error(kBadValue, node, "expected a list, came: " + shown(node));
  }
  return node.items;
}

std::string ValueReader::text_at(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.find(key);
  if (node == nullptr || node->is_null()) return {};
  if (!node->is_scalar()) error(kBadValue, *node, "expected a text, came: " + shown(*node));
  return node->text;
}

std::vector<std::string> ValueReader::list_at(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.find(key);
  if (node == nullptr) return {};
  if (node->is_mapping()) error(kBadValue, *node, "expected a list, came: a mapping");
  if (node->is_scalar() && !node->is_null()) return {node->text};
  std::vector<std::string> texts;
  for (const YamlNode& item : node->items) {
    if (item.is_scalar() && !item.is_null()) {
      texts.push_back(item.text);
    } else {
      error(kBadValue, item, "expected a text, came: " + shown(item));
    }
  }
  return texts;
}

// A quoted number is a text in YAML and is refused: account ids are quoted numbers, and mixing the
// two up should be noticed.
std::optional<std::size_t> ValueReader::count(const YamlNode& node) {
  const auto value = node.integer();
  if (value && *value >= 0) return static_cast<std::size_t>(*value);
  error(kBadValue, node, "expected a whole number, came: " + shown(node));
  return std::nullopt;
}

double ValueReader::ratio(const YamlNode& node) {
  const auto value = node.number();
  if (value && *value >= 0 && *value <= 1) return *value;
  // "95" for 0.95 is the one mistake that everybody makes; nothing else is worth a guess.
  const bool is_percent = value && *value > 1 && *value <= 100;
  error(kBadValue, node, "expected a share from 0 to 1, came: " + shown(node),
        is_percent ? fmt::format("did you mean {}?", *value / 100) : "");
  return 0;
}

bool ValueReader::flag(const YamlNode& node) {
  const auto value = node.boolean();
  if (!value) error(kBadValue, node, "expected true or false, came: " + shown(node));
  return value.value_or(false);
}

std::optional<std::chrono::seconds> ValueReader::timespan(const YamlNode& node) {
  const auto value = text::parse_timespan(node.text);
  if (!value) {
    error(kBadValue, node, "expected a timespan (90s, 15m, 2h, 7d), came: " + shown(node));
  }
  return value;
}

// Only this one form, though parse_timestamp() takes many: "06/07/2027" is a different day on each
// side of the Atlantic.
std::chrono::sys_days ValueReader::day(const YamlNode& node) {
  constexpr std::size_t kDayLength = 10;  // 2027-06-30
  const bool is_day = node.text.size() == kDayLength && node.text[4] == '-';
  const auto timestamp = is_day ? text::parse_timestamp(node.text) : std::nullopt;
  if (timestamp) return std::chrono::floor<std::chrono::days>(timestamp->time);
  error(kBadValue, node, "expected a day (2027-06-30), came: " + shown(node));
  return {};
}

}  // namespace nepho::workspace
