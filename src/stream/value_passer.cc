#include "stream/value_passer.h"

namespace nepho::stream {
namespace {

constexpr std::size_t kStride = 64;

// Whether one of kStride bytes may end a string or its text; without branches, for the
// compiler to look at many at once.
bool may_end_string(const char* bytes) {
  unsigned found = 0;
  for (std::size_t i = 0; i < kStride; ++i) {
    found |= static_cast<unsigned>(bytes[i] == '"') | static_cast<unsigned>(bytes[i] == '\\') |
             static_cast<unsigned>(bytes[i] == '\n');
  }
  return found != 0;
}

}  // namespace

std::size_t ValuePasser::pass(std::string_view piece) {
  std::size_t at = 0;
  for (; at < piece.size() && !has_ended_; ++at) {
    const char c = piece[at];
    if (in_string_) {
      while (!escaped_ && piece.size() - at > kStride && !may_end_string(piece.data() + at))
        at += kStride;
      const char in = piece[at];
      in_string_ = in != '\n' && (in != '"' || escaped_);
      escaped_ = in == '\\' && !escaped_;
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
