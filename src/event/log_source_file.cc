// The keys of a file (docs/formats/log-source.md tells what they mean):
//
//   id, provider, title: TEXT
//   sigma: [{product: TEXT, category: TEXT, service: TEXT}, ...]     each part may be left out
//   other_names: NAME or [NAME, ...]
//   recognised_by: [[SIGN, ...], ...]                SIGN: PATH, or {PATH: VALUE or [VALUE, ...]}
//   time, actor, ... dispatch, inner_json: PATH or [PATH, ...]                     (kPathLists)
//   aliases: {ORIGIN: {NAME: PATH or [PATH, ...]}}
//   part_of: ID
//   parts: {NAME: PART or [PART, ...]}
//                             PART: {of: PATH, matching: REGEX, values: {TEXT: VALUE}}
//   pivots: {PATH: {name: KEY, value: PATH or [PATH, ...], also: PATH or [PATH, ...]}}
//   schema: {PATH: TYPE or [TYPE, ...]}              TYPE: null, boolean, number, string, ...
//   lines: [FORM, ...]                               FORM: see read_line_form()
//
// All faults of a file are reported, each with its place, before it is refused: who writes one
// wants them together.
#include "event/log_source_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/printable.h"
#include "event/errors.h"
#include "text/nearest.h"
#include "text/timespan.h"
#include "text/yaml.h"

namespace nepho::event {
namespace {

using text::YamlNode;

// The keys that hold a list of field paths, or of names, and where each goes.
using PathList = std::pair<std::string_view, std::vector<std::string> LogSource::*>;
constexpr std::array<PathList, 12> kPathLists = {{{"time", &LogSource::time},
                                                  {"unique_id", &LogSource::unique_id},
                                                  {"actor", &LogSource::actor},
                                                  {"source_ip", &LogSource::source_ip},
                                                  {"user_agent", &LogSource::user_agent},
                                                  {"account", &LogSource::account},
                                                  {"region", &LogSource::region},
                                                  {"outcome", &LogSource::outcome},
                                                  {"event_name", &LogSource::event_name},
                                                  {"dispatch", &LogSource::dispatch},
                                                  {"inner_json", &LogSource::inner_json},
                                                  {"other_names", &LogSource::other_names}}};
constexpr std::array<std::string_view, 12> kOtherKeys = {
    "id",      "provider", "title",  "sigma",  "recognised_by", "part_of",
    "silence", "aliases",  "pivots", "schema", "lines",         "parts"};
constexpr std::array<std::string_view, 3> kPartKeys = {"of", "matching", "values"};
constexpr std::array<std::string_view, 3> kPivotKeys = {"name", "value", "also"};
constexpr std::array<std::string_view, 8> kLineKeys = {"separator", "columns", "also",  "at_least",
                                                       "known_by",  "parts",   "joins", "numbers"};
constexpr std::array<std::string_view, 3> kSigmaKeys = {"product", "category", "service"};
constexpr std::array<std::string_view, 6> kTypes = {"null",   "boolean", "number",
                                                    "string", "array",   "object"};

// std::ranges::contains of C++23, which g++ 12 lacks.
template <typename Range, typename Value>
bool contains(const Range& range, const Value& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

class FileReader {
 public:
  FileReader(const std::string& file, LoadReport& report) : file_(file), report_(report) {}

  LogSource read(const YamlNode& root) {
    LogSource source;
    for (const auto& [key, value] : root.members) read_member(key, value, source);
    for (const char* key : {"id", "title"}) {
      if (root.text_at(key).empty()) {
        error(kMissingKey, root, fmt::format("expected the key '{}' with a text", key));
      }
    }
    return source;
  }

 private:
  void error(ErrorCode code, const YamlNode& at, std::string message, std::string hint = {}) {
    report_.add_error(Error(code, std::move(message), at.place(file_), std::move(hint)));
  }

  void unknown_key(const YamlNode& key, std::span<const std::string_view> known) {
    error(kUnknownKey, key, "no such key: " + escape_for_log(key.text),
          text::did_you_mean(key.text, known));
  }

  void read_member(const YamlNode& key, const YamlNode& value, LogSource& source) {
    const auto* const list = std::ranges::find(kPathLists, key.text, &PathList::first);
    if (list != kPathLists.end()) {
      source.*(list->second) = texts(value);
    } else if (key.text == "id") {
      source.id = text(value);
    } else if (key.text == "provider") {
      source.provider = text(value);
    } else if (key.text == "part_of") {
      source.part_of = text(value);
    } else if (key.text == "parts") {
      read_field_parts(value, source);
    } else if (key.text == "title") {
      source.title = text(value);
    } else if (key.text == "sigma") {
      read_sigma(value, source);
    } else if (key.text == "recognised_by") {
      read_recognition(value, source);
    } else if (key.text == "silence") {
      source.silence = text::parse_timespan(value.text);
      if (!source.silence) error(kBadValue, value, "expected a timespan (15m, 2h, 7d)");
    } else if (key.text == "aliases") {
      read_aliases(value, source);
    } else if (key.text == "pivots") {
      read_pivots(value, source);
    } else if (key.text == "schema") {
      read_schema(value, source);
    } else if (key.text == "lines") {
      read_lines(value, source);
    } else {
      std::vector<std::string_view> known(kOtherKeys.begin(), kOtherKeys.end());
      for (const auto& [name, member] : kPathLists) known.push_back(name);
      unknown_key(key, known);
    }
  }

  std::string text(const YamlNode& node) {
    if (!node.is_scalar() || node.is_null()) error(kBadValue, node, "expected a text");
    return node.text;
  }

  std::vector<std::string> texts(const YamlNode& node) {
    if (node.is_scalar()) return {text(node)};
    if (!node.is_sequence()) error(kBadValue, node, "expected a text or a list of texts");
    std::vector<std::string> all;
    for (const auto& item : node.items) all.push_back(text(item));
    return all;
  }

  // Whether the node is a sequence; an error when not.
  bool is_list(const YamlNode& node) {
    if (!node.is_sequence()) error(kBadValue, node, "expected a list");
    return node.is_sequence();
  }
  bool is_mapping(const YamlNode& node) {
    if (!node.is_mapping()) error(kBadValue, node, "expected a mapping");
    return node.is_mapping();
  }

  void read_sigma(const YamlNode& node, LogSource& source) {
    if (!is_list(node)) return;
    for (const auto& item : node.items) {
      if (!is_mapping(item)) continue;
      for (const auto& [key, value] : item.members) {
        if (!contains(kSigmaKeys, key.text)) unknown_key(key, kSigmaKeys);
      }
      source.sigma.push_back({std::string(item.text_at("product")),
                              std::string(item.text_at("category")),
                              std::string(item.text_at("service"))});
    }
  }

  // A list of groups; a group is a list of signs; a sign is a path or {path: value or values}.
  void read_recognition(const YamlNode& node, LogSource& source) {
    if (!is_list(node)) return;
    for (const auto& group : node.items) {
      if (!is_list(group)) continue;
      if (group.items.empty()) error(kBadValue, group, "expected at least one sign");
      auto& signs = source.recognised_by.emplace_back();
      for (const auto& sign : group.items) {
        if (sign.is_scalar()) {
          signs.push_back({text(sign), {}});
        } else if (is_mapping(sign)) {
          for (const auto& [path, values] : sign.members) {
            signs.push_back({text(path), texts(values)});
          }
        }
      }
    }
  }

  // origin -> {name: path or paths}.
  void read_aliases(const YamlNode& node, LogSource& source) {
    if (!is_mapping(node)) return;
    for (const auto& [origin, names] : node.members) {
      if (!is_mapping(names)) continue;
      for (const auto& [name, paths] : names.members) {
        source.aliases.push_back({text(name), texts(paths), origin.text});
      }
    }
  }

  // name -> part, or a list of parts.
  void read_field_parts(const YamlNode& node, LogSource& source) {
    if (!is_mapping(node)) return;
    for (const auto& [name, value] : node.members) {
      if (!value.is_sequence()) {
        read_field_part(text(name), value, source);
        continue;
      }
      for (const auto& item : value.items) read_field_part(text(name), item, source);
    }
  }

  void read_field_part(std::string name, const YamlNode& node, LogSource& source) {
    if (!is_mapping(node)) return;
    FieldPart part{.name = std::move(name), .of = std::string(node.text_at("of"))};
    if (part.of.empty()) error(kMissingKey, node, "expected the key 'of' with a field path");
    for (const auto& [key, value] : node.members) {
      if (!contains(kPartKeys, key.text)) unknown_key(key, kPartKeys);
      if (key.text == "matching") {
        auto pattern = text::CapturingRegex::compile(text(value));
        if (!pattern) error(kBadValue, value, pattern.error().message, pattern.error().hint);
        if (pattern) part.pattern = std::move(*pattern);
      } else if (key.text == "values") {
        read_part_values(value, part);
      }
    }
    if (!part.pattern && part.values.empty())
      error(kMissingKey, node, "expected 'matching' or 'values': else it is an alias");
    source.parts.push_back(std::move(part));
  }

  // What is made up is taken for what a record has, which would write these with escapes.
  void read_part_values(const YamlNode& node, FieldPart& part) {
    if (!is_mapping(node)) return;
    for (const auto& [from, to] : node.members) {
      if (to.text.find_first_of("\"\\") != to.text.npos)
        error(kBadValue, to, "expected a text without quotes and backslashes");
      part.values[text(from)] = text(to);
    }
  }

  // array -> {name: key, value: path or paths, also: path or paths}.
  void read_pivots(const YamlNode& node, LogSource& source) {
    if (!is_mapping(node)) return;
    for (const auto& [array, parts] : node.members) {
      if (!is_mapping(parts)) continue;
      Pivot pivot{.array = text(array), .name = std::string(parts.text_at("name"))};
      for (const auto& [key, value] : parts.members) {
        if (!contains(kPivotKeys, key.text)) unknown_key(key, kPivotKeys);
        if (key.text == "value") pivot.value = texts(value);
        if (key.text == "also") pivot.also = texts(value);
      }
      if (pivot.name.empty() || pivot.value.empty()) {
        error(kMissingKey, parts, "expected the key of an element's name and that of its value");
      }
      if (pivot.name.find('.') != pivot.name.npos) {
        error(kBadValue, parts, "expected a key without dots for the element's name");
      }
      source.pivots.push_back(std::move(pivot));
    }
  }

  // path -> type or types, joined by '|' in the order of kTypes.
  void read_schema(const YamlNode& node, LogSource& source) {
    if (!is_mapping(node)) return;
    for (const auto& [path, value] : node.members) {
      const auto named = texts(value);
      for (const auto& type : named) {
        if (contains(kTypes, type)) continue;
        error(kBadValue, value, "expected a JSON type, came: " + escape_for_log(type),
              text::did_you_mean(type, kTypes));
      }
      std::string& types = source.schema[text(path)];
      for (const auto type : kTypes) {
        if (contains(named, type)) types.append(types.empty() ? "" : "|").append(type);
      }
    }
  }

  void read_lines(const YamlNode& node, LogSource& source) {
    if (!is_list(node)) return;
    for (const auto& item : node.items) {
      if (is_mapping(item)) source.lines.push_back(read_line_form(item));
    }
  }

  // separator: " ", "\t" or ";"; columns, also, numbers: [NAME, ...]; at_least: COUNT; known_by:
  // REGEX; parts: {COLUMN: {at: CHARACTER, names: [NAME, ...]}}; joins: {NAME: [COLUMN, ...]}
  LineForm read_line_form(const YamlNode& node) {
    LineForm form;
    for (const auto& [key, value] : node.members) {
      if (!contains(kLineKeys, key.text)) unknown_key(key, kLineKeys);
    }
    form.separator = character(node.find("separator"), ' ');
    form.columns = node.texts_at("columns");
    form.also = node.texts_at("also");
    form.numbers = node.texts_at("numbers");
    form.at_least = form.columns.size();
    if (form.columns.empty()) error(kMissingKey, node, "expected the key 'columns' with names");
    if (const auto* const least = node.find("at_least")) {
      const auto count = least->integer().value_or(0);
      if (count <= 0) error(kBadValue, *least, "expected a number of columns");
      form.at_least = static_cast<std::size_t>(std::max<std::int64_t>(count, 1));
    }
    if (const auto* const pattern = node.find("known_by")) {
      auto regex = text::Regex::compile(text(*pattern));
      if (!regex) {
        error(kBadValue, *pattern, regex.error().message, regex.error().hint);
      } else {
        form.known_by = std::move(*regex);
      }
    } else {
      error(kMissingKey, node, "expected the key 'known_by' with a regular expression");
    }
    if (const auto* const parts = node.find("parts")) read_parts(*parts, form);
    if (const auto* const joins = node.find("joins"); joins != nullptr && is_mapping(*joins)) {
      for (const auto& [name, columns] : joins->members)
        form.joins.push_back({text(name), texts(columns)});
    }
    return form;
  }

  void read_parts(const YamlNode& node, LineForm& form) {
    if (!is_mapping(node)) return;
    for (const auto& [column, value] : node.members) {
      form.parts.push_back(
          {text(column), character(value.find("at"), ' '), value.texts_at("names")});
      const std::size_t count = form.parts.back().names.size();
      if (count < 2 || count > 3) error(kBadValue, value, "expected two or three 'names'");
    }
  }

  char character(const YamlNode* node, char otherwise) {
    if (node == nullptr) return otherwise;
    if (node->text.size() != 1) {
      error(kBadValue, *node, "expected one character");
      return otherwise;
    }
    return node->text[0];
  }

  const std::string& file_;
  LoadReport& report_;
};

}  // namespace

std::optional<LogSource> parse_log_source(std::string_view yaml, const std::string& file,
                                          LoadReport& report) {
  return read_log_source(text::parse_yaml(yaml, file), file, report);
}

std::optional<LogSource> read_log_source(const Result<text::YamlNode>& root,
                                         const std::string& file, LoadReport& report) {
  if (!root) {
    report.add_error(root.error());
    return std::nullopt;
  }
  if (!root->is_mapping()) {
    report.add_error(Error(kBadValue, "expected a mapping", root->place(file)));
    return std::nullopt;
  }
  LoadReport own;
  LogSource source = FileReader(file, own).read(*root);
  const bool failed = own.has_errors();
  report.append(std::move(own));
  if (failed) return std::nullopt;
  return source;
}

}  // namespace nepho::event
