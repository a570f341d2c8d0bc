// Reading the values of nephometer.yml: each is what it must be, or an error with its place.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "text/yaml.h"

namespace nepho::workspace {

// A faulty value is reported and read as nothing (empty, 0, false), so that reading goes on.
class ValueReader {
 public:
  // Both must outlive this; `file` names the file in messages.
  ValueReader(const std::string& file, LoadReport& report) : file_(file), report_(report) {}

  // Adds one error of ours at the node's place. `message` says what was expected and what came, and
  // holds text of the file only through shown().
  void error(ErrorCode code, const text::YamlNode& at, std::string message, std::string hint = {});

  // Whether `node` is a mapping of these keys alone. Null is none, but no error either.
  bool has_keys(const text::YamlNode& node, std::initializer_list<std::string_view> keys);
  // Whether the mapping has all of these keys, with values.
  bool has_all(const text::YamlNode& node, std::initializer_list<std::string_view> keys);
  // Whether it is a mapping; null is none, but no error either.
  bool is_mapping(const text::YamlNode& node);

  // The items of a list; of null, none.
  const std::vector<text::YamlNode>& items_of(const text::YamlNode& node);
  // The text at `key`, "" when there is none.
  std::string text_at(const text::YamlNode& mapping, std::string_view key);
  // The texts at `key`; one text is a list of one. An item that was left empty ("- ") is an error:
  // the lists become placeholders of rules, and `contains` nothing holds for every event.
  std::vector<std::string> list_at(const text::YamlNode& mapping, std::string_view key);

  // The values, one function a kind. Each takes any node: a list where a number belongs is a fault
  // like any other.
  std::optional<std::size_t> count(const text::YamlNode& node);
  double ratio(const text::YamlNode& node);  // 0..1
  bool flag(const text::YamlNode& node);
  std::optional<std::chrono::seconds> timespan(const text::YamlNode& node);
  std::chrono::sys_days day(const text::YamlNode& node);

  // What stands there, for a message. In quotes, escaped and cut; of a list, a mapping or nothing
  // only which of them it is.
  static std::string shown(const text::YamlNode& node);

 private:
  const std::string& file_;
  LoadReport& report_;
};

}  // namespace nepho::workspace
