#include "stream/value_passer.h"

namespace nepho::stream {

std::size_t ValuePasser::pass(std::string_view piece) {
  std::size_t at = 0;
  for (; at < piece.size() && !has_ended_; ++at) {
    const char c = piece[at];
    if (in_string_) {
      in_string_ = c != '\n' && (c != '"' || escaped_);
      escaped_ = c == '\\' && !escaped_;
      has_ended_ = !in_string_ && depth_ == 0;
    } else if (c == '"') {
      in_string_ = true;
      escaped_ = false;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if ((c == '}' || c == ']') && depth_ > 0) {
      has_ended_ = --depth_ == 0;
    }
  }
  return at;
}

}  // namespace nepho::stream
