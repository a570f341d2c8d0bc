#include "sigma/escape.h"

namespace nepho::sigma {

text::WildcardPattern parse_pattern(std::string_view text) {
  text::WildcardPattern pattern;
  std::string literal;
  const auto flush = [&] {
    pattern.append_literal(literal);
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '\\' && (next == '\\' || next == '*' || next == '?')) {
      literal += next;
      ++i;
    } else if (c == '*') {
      flush();
      pattern.append_any_run();
    } else if (c == '?') {
      flush();
      pattern.append_any_one();
    } else {
      literal += c;
    }
  }
  flush();
  return pattern;
}

std::string to_rule_text(const text::WildcardPattern& pattern) {
  using Kind = text::WildcardPattern::Kind;
  std::string text;
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == Kind::kAnyRun) text += '*';
    if (piece.kind == Kind::kAnyOne) text += '?';
    for (const char c : piece.literal) {
      if (c == '\\' || c == '*' || c == '?') text += '\\';
      text += c;
    }
  }
  return text;
}

}  // namespace nepho::sigma
