// Byte by byte and knowing no more of JSON than brackets, quotes and backslashes: what it looks at
// was refused by the reader that knows more. A wrong guess costs one record, never the next line.
#include "event/record_splitter.h"

#include <algorithm>

namespace nepho::event {
namespace {

constexpr std::string_view kBetween = " \t\r\n,";

// The text from `begin` to the first of `ends`, without white space and commas at its end.
std::string_view trimmed(std::string_view piece) {
  const std::size_t last = piece.find_last_not_of(kBetween);
  return piece.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool opens(char c) { return c == '{' || c == '['; }

}  // namespace

std::optional<std::string_view> RecordSplitter::next() {
  at_ = std::min(text_.find_first_not_of(kBetween, at_), text_.size());
  if (at_ == text_.size()) return std::nullopt;
  return by_ == By::kLines || !opens(text_[at_]) ? next_line() : next_value();
}

std::string_view RecordSplitter::next_line() {
  has_closed_ = false;
  const std::size_t begin = at_;
  do {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (by_ == By::kLines || at_ == text_.size()) break;
    ++at_;  // by values, such text goes on until a line opens a value
  } while (at_ < text_.size() && !opens(text_[at_]));
  return trimmed(text_.substr(begin, at_ - begin));
}

std::string_view RecordSplitter::next_value() {
  const std::size_t begin = at_;
  std::size_t depth = 0;
  has_closed_ = false;
  bool in_string = false;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (in_string) {
      if (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
      in_string = c != '"' && c != '\n';
    } else if (c == '"') {
      in_string = true;
    } else if (opens(c)) {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      has_closed_ = true;
      ++at_;
      break;
    }
  }
  return trimmed(text_.substr(begin, at_ - begin));
}

bool is_one_closed_value(std::string_view text) {
  RecordSplitter splitter(text, RecordSplitter::By::kValues);
  return splitter.next() && splitter.has_closed() && !splitter.next();
}

}  // namespace nepho::event
