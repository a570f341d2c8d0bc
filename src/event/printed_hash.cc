// Outside strings a hash differs from JSON in two tokens only, so that it is copied with these
// replaced.
#include "event/printed_hash.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace nepho::event {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Escapes of String#inspect that JSON has not.
constexpr std::array kEscapes = std::to_array<std::pair<char, std::string_view>>({
    {'a', "\\u0007"},
    {'e', "\\u001b"},
    {'v', "\\u000b"},
});

// Copies a hash token by token.
class Copier {
 public:
  explicit Copier(std::string_view text) : left_(text) {}

  std::optional<std::string> copy() {
    if (!left_.starts_with('{')) return std::nullopt;
    std::size_t depth = 0;
    bool has_arrow = false;
    while (!left_.empty()) {
      const char c = left_[0];
      if (c == '"') {
        if (!copy_string()) return std::nullopt;
        continue;
      }
      if (c == ':') return std::nullopt;  // JSON, told by its first key
      if (c == '=') {
        if (!left_.starts_with("=>")) return std::nullopt;
        has_arrow = true;
        replace(2, ":");
        continue;
      }
      if (left_.starts_with("nil")) {
        replace(3, "null");
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      replace(1, {&c, 1});
      if (depth != 0) continue;
      const bool is_empty = out_ == "{}";
      return has_arrow || is_empty ? std::optional(std::move(out_)) : std::nullopt;
    }
    return std::nullopt;
  }

 private:
  void replace(std::size_t size, std::string_view text) {
    left_.remove_prefix(size);
    out_ += text;
  }

  // False where it does not end.
  bool copy_string() {
    replace(1, "\"");
    while (true) {
      const std::size_t special = left_.find_first_of("\"\\");
      if (special == kNone) return false;
      out_ += left_.substr(0, special);
      left_.remove_prefix(special);
      if (left_[0] == '"') break;
      if (left_.size() < 2) return false;
      copy_escape();
    }
    replace(1, "\"");
    return true;
  }

  void copy_escape() {
    constexpr std::string_view kReplacement = "\\ufffd";
    const char c = left_[1];
    if (const auto* known =
            std::ranges::find(kEscapes, c, &std::pair<char, std::string_view>::first);
        known != kEscapes.end()) {
      replace(2, known->second);
    } else if (left_.starts_with("\\u{")) {
      // Beyond the four digits that JSON's escapes have; no log names things so.
      replace(std::min(left_.find('}'), left_.size() - 1) + 1, kReplacement);
    } else if (c == 'x') {  // a byte that is no character
      std::size_t size = 2;
      while (size < std::min<std::size_t>(4, left_.size()) && is_hex(left_[size])) ++size;
      replace(size, kReplacement);
    } else if (std::string_view("\"\\/bfnrtu").contains(c)) {
      const std::string_view escape = left_.substr(0, 2);
      replace(2, escape);
    } else {
      replace(2, {&c, 1});  // "\#" before a brace
    }
  }

  std::string_view left_;
  std::string out_;
};

// Where the object begins that stands in the array that `text` begins with, not in one within it.
std::size_t object_in_array(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
      continue;
    }
    if (c == '{' && depth == 1) return at;
    if (c == '"') in_string = true;
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && --depth == 0) break;
  }
  return kNone;
}

}  // namespace

std::optional<std::string> json_of_printed_hash(std::string_view text) {
  return Copier(text).copy();
}

bool is_fluent_bit_line(std::string_view line) {
  if (!line.starts_with('[')) return false;
  const std::size_t digits_end = line.find_first_not_of("0123456789", 1);
  if (digits_end == 1 || digits_end == kNone || !line.substr(digits_end).starts_with("] "))
    return false;
  const std::size_t tag_end = line.find(": [", digits_end);
  const std::size_t blank = line.find(' ', digits_end + 2);
  return tag_end != kNone && blank == tag_end + 1;  // a tag is one word
}

std::optional<std::string> json_of_fluent_bit_line(std::string_view line) {
  if (!is_fluent_bit_line(line)) return std::nullopt;
  const std::string_view array = line.substr(line.find(": [") + 2);
  const std::size_t object = object_in_array(array);
  if (object == kNone) return std::nullopt;
  return json_of_printed_hash(array.substr(object));
}

}  // namespace nepho::event
