// A run is a row of literal characters that nothing can part: it ends at whatever is no literal,
// and loses its last character to a quantifier that allows none of it ("ab*c": "a", then "c"). The
// longest run is what every match holds. Only what is surely understood counts; a pattern with
// groups or alternatives is given up whole, since a run in it need not be in every match.
#include "text/regex_literal.h"

namespace nepho::text {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Walks over a pattern's parts, each a literal character or something else, with its quantifier.
class LiteralFinder {
 public:
  explicit LiteralFinder(std::string_view pattern) : pattern_(pattern) {}

  std::string find() {
    while (at_ < pattern_.size() && !gave_up_) part();
    end_run();
    return gave_up_ ? std::string() : longest_;
  }

 private:
  void end_run() {
    if (run_.size() > longest_.size()) longest_ = run_;
    run_.clear();
  }

  void part() {
    const char c = pattern_[at_];
    switch (c) {
      case '(':
      case ')':
      case '|': gave_up_ = true; return;
      case '.':
      case '^':
      case '$': ++at_; return end_run();
      case '*':
      case '?':
      case '{': return optional();
      case '+': ++at_; return end_run();
      case '[': return char_class();
      case '\\': return escape();
      default:
        ++at_;
        if (static_cast<unsigned char>(c) >= 0x80) return end_run();
        run_ += c;
    }
  }

  // The part before may be missing: it is no longer required, and nothing after it adjoins.
  void optional() {
    if (!run_.empty()) run_.pop_back();
    end_run();
    const std::size_t end = pattern_[at_] == '{' ? pattern_.find('}', at_) : at_;
    at_ = end == pattern_.npos ? pattern_.size() : end + 1;
  }

  void char_class() {
    end_run();
    ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == '^') ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == ']') ++at_;  // first, it is a character
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      if (pattern_[at_] == '[') gave_up_ = true;  // "[[:alpha:]]" and its like
      at_ += pattern_[at_] == '\\' ? 2 : 1;
    }
    ++at_;
  }

  void escape() {
    const char c = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : 'Q';
    at_ += 2;
    if (!is_word(c)) {
      run_ += c;
      return;
    }
    end_run();
    // \p{...}, \x{...}, \Q...\E and octal numbers have more behind them.
    if (c == 'p' || c == 'P' || c == 'x' || c == 'Q' || (c >= '0' && c <= '9')) gave_up_ = true;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string run_;
  std::string longest_;
  bool gave_up_ = false;
};

}  // namespace

std::string required_literal(std::string_view pattern) { return LiteralFinder(pattern).find(); }

}  // namespace nepho::text
