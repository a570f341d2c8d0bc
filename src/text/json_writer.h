// Writing JSON: one pass, no tree, always well-formed.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::text {

// Appends `text` in quotes, with the escapes that RFC 8259 section 7 asks for; DEL and the C1
// control characters (U+0080 to U+009F), which a terminal may obey, are escaped too. Bytes that are
// not UTF-8 become U+FFFD, so that the output is always valid.
void append_json_quoted(std::string_view text, std::string& out);

// Valid JSON that somebody else wrote, on one line and harmless to print: line ends, which stand
// between tokens only, become blanks; DEL and C1, which stand in strings only, become escapes.
std::string json_on_one_line(std::string_view json);

// Builds one JSON text. Values and keys are written in the order of the calls; commas and colons
// are the writer's. Ends of containers are checked (CHECK). With `indent` > 0 it is laid out over
// lines.
//
//   JsonWriter json;
//   json.begin_object().member("id", "T1078").key("score").number(35).end_object();
class JsonWriter {
 public:
  explicit JsonWriter(int indent = 0) : indent_(indent) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  template <std::integral T>
  JsonWriter& number(T value) {
    return raw(std::to_string(value));
  }
  // At most `digits` digits behind the point, without trailing zeros; never "nan" or "inf" (null).
  JsonWriter& number(double value, int digits = 6);
  // A value that is JSON already; the caller answers for it.
  JsonWriter& raw(std::string_view json);

  JsonWriter& member(std::string_view name, std::string_view value) {
    return key(name).string(value);
  }
  JsonWriter& member(std::string_view name, const char* value) { return key(name).string(value); }
  JsonWriter& member(std::string_view name, const std::string& value) {
    return key(name).string(value);
  }
  JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
  template <std::integral T>
  JsonWriter& member(std::string_view name, T value) {
    return key(name).number(value);
  }
  template <typename Strings>
  JsonWriter& strings(std::string_view name, const Strings& values) {
    key(name).begin_array();
    for (const auto& value : values) string(value);
    return end_array();
  }

  // The finished text; all containers must be closed.
  const std::string& text() const;
  std::string take();

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void before_value();
  void new_line();

  std::string out_;
  struct Level {
    char closing;
    bool empty;
  };
  std::vector<Level> levels_;
  int indent_;
  bool after_key_ = false;
};

}  // namespace nepho::text
