#include "navigator/field_reader.h"

#include <charconv>
#include <cmath>

#include "base/printable.h"
#include "navigator/errors.h"
#include "text/nearest.h"

namespace nepho::navigator {
namespace {

using text::JsonType;
using text::JsonValue;

// The number that `text` spells, if it is finite and nothing follows it.
std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

// JSON has no type for both.
bool is_flag(const JsonValue& value) {
  return value.type() == JsonType::kTrue || value.type() == JsonType::kFalse;
}

// A value, short and harmless enough to stand in a message.
std::string shown(const JsonValue& value) {
  return value.is_container() ? (value.is_array() ? "a list" : "an object")
                              : escape_for_log(value.source());
}

// The Navigator's own divider, and the one that mitreattack-python writes in its place.
bool is_divider(const JsonValue& item, std::string_view name_key) {
  if (item.flag_at("divider")) return true;
  const auto value = item.find("value");
  return item.string_at(name_key) == "DIVIDER" && value && !value->is_string();
}

}  // namespace

// Costs a walk through the text; only problems ask for places, and they are bounded.
Place FieldReader::place_of(const JsonValue& value) const {
  return text::place_at(text_, value.offset(), file_);
}

// Beyond the bound problems are counted and not placed, so that a file made of faults costs no more
// than its size.
void FieldReader::add(Severity severity, ErrorCode code, std::string message, const JsonValue& at,
                      std::string hint) {
  if (++num_problems_ > kMaxProblems) return;
  report_.add(severity, Error(code, std::move(message), place_of(at), std::move(hint)));
}

void FieldReader::finish() {
  if (num_problems_ <= kMaxProblems) return;
  report_.add_warning(
      Error(kMoreProblems, fmt::format("{} more problems not listed", num_problems_ - kMaxProblems),
            {.file = file_}));
}

void FieldReader::expected(std::string_view what, std::string_view key, const JsonValue& at) {
  add(Severity::kWarning, kBadField, fmt::format("'{}' should be {}, is {}", key, what, shown(at)),
      at);
}

void FieldReader::read(const JsonValue& object, std::string_view key, std::string& out) {
  const auto value = object.find(key);
  if (!value || value->type() == JsonType::kNull) return;
  if (!value->is_string()) return expected("a string", key, *value);
  out = value->text();
}

void FieldReader::read(const JsonValue& object, std::string_view key, bool& out) {
  const auto value = object.find(key);
  if (!value || value->type() == JsonType::kNull) return;
  if (!is_flag(*value)) return expected("true or false", key, *value);
  out = value->type() == JsonType::kTrue;
}

void FieldReader::read(const JsonValue& object, std::string_view key, double& out) {
  const auto value = object.find(key);
  if (!value || value->type() == JsonType::kNull) return;
  const auto number = value->type() == JsonType::kNumber ? number_of(value->text()) : std::nullopt;
  if (!number) return expected("a number", key, *value);
  out = *number;
}

void FieldReader::read(const JsonValue& object, std::string_view key,
                       std::vector<std::string>& out) {
  const auto list = object.find(key);
  if (!list || list->type() == JsonType::kNull) return;
  if (!list->is_array()) return expected("a list of strings", key, *list);
  for (const JsonValue& item : list->children()) {
    if (item.is_string()) {
      out.emplace_back(item.text());
    } else {
      expected("a list of strings", key, item);
    }
  }
}

// An unknown word keeps the default, as the Navigator does; it only warns on its console.
void FieldReader::read_choice(const JsonValue& object, std::string_view key,
                              std::span<const std::string_view> choices, std::string& out) {
  std::string text = out;
  read(object, key, text);
  if (std::ranges::find(choices, text) != choices.end()) {
    out = std::move(text);
    return;
  }
  add(Severity::kWarning, kBadField,
      fmt::format("'{}' should be one of {}, is '{}'", key, fmt::join(choices, ", "),
                  escape_for_log(text)),
      *object.find(key), text::did_you_mean(text, choices));
}

void FieldReader::read_pairs(const JsonValue& object, std::string_view key, PairKeys names,
                             std::vector<Pair>& out) {
  const auto list = object.find(key);
  if (!list || list->type() == JsonType::kNull) return;
  if (!list->is_array()) return expected("a list", key, *list);
  for (const JsonValue& item : list->children()) {
    Pair pair{std::string(item.string_at(names.name)), std::string(item.string_at(names.value)),
              is_divider(item, names.name)};
    if (pair.is_divider) {
      out.push_back({.is_divider = true});
    } else if (pair.name.empty() || pair.value.empty()) {
      add(Severity::kWarning, kBadField,
          fmt::format("'{}' needs a '{}' and a '{}', both strings and not empty; left out", key,
                      names.name, names.value),
          item);
    } else {
      out.push_back(std::move(pair));
    }
  }
}

// Unscored and 0 are not the same: a 0 takes part in averages and in what the Navigator computes
// from several layers. DeTT&CT writes null for none.
std::optional<double> FieldReader::read_score(const JsonValue& object) {
  const auto value = object.find("score");
  if (!value) return std::nullopt;
  if (value->type() == JsonType::kNumber || value->is_string()) {
    const auto number = number_of(value->text());
    if (number && value->is_string()) {
      add(Severity::kWarning, kBadScore,
          fmt::format("score is a number in quotes, taken as {}", *number), *value,
          "the Navigator shows it unscored: write it without quotes");
    }
    if (number) return number;
    if (value->is_string() && value->text().empty()) return std::nullopt;
  }
  add(Severity::kWarning, kBadScore,
      fmt::format("score should be a number, is {}; taken as unscored", shown(*value)), *value,
      "leave 'score' out for an unscored technique; it is not the same as 0");
  return std::nullopt;
}

// Only a note: the Navigator drops such fields without a word, and no more is lost here.
void FieldReader::note_unknown(const JsonValue& object, std::span<const std::string_view> known) {
  for (const JsonValue& member : object.children()) {
    if (std::ranges::find(known, member.key()) != known.end()) continue;
    add(Severity::kNote, kUnknownField,
        fmt::format("no layer format has a field '{}'; it is not kept",
                    escape_for_log(member.key())),
        member, text::did_you_mean(member.key(), known));
  }
}

}  // namespace nepho::navigator
