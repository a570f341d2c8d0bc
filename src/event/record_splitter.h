// Cuts a block into records where the structural index refuses it: one byte of bad UTF-8, one
// control character or one odd quote costs the record it stands in and no other.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace nepho::event {

// Gives the pieces of a text of records, in order: they never overlap, and what lies between them
// is white space and commas only. A piece is a record or what stands in its place: it is not
// checked to be JSON, so index and parse it alone.
//
// By lines, a piece is a line without its end, the white space and commas around it and, when
// blank, nothing. By values, a piece is a top-level value whose brackets close, found byte by byte:
// strings may hold any byte; a line end inside a string ends the string (RFC 8259 has none there);
// text between values that starts none is a piece up to the next line that starts with '{' or '['.
// Cost: about 1 ns a byte.
class RecordSplitter {
 public:
  enum class By { kLines, kValues };

  RecordSplitter(std::string_view text, By by) : text_(text), by_(by) {}

  // The next piece, a view into the text; nothing at the end.
  std::optional<std::string_view> next();
  // Whether the last piece is a value whose brackets close; the text may have ended before.
  bool has_closed() const { return has_closed_; }

 private:
  std::string_view next_line();
  std::string_view next_value();

  std::string_view text_;
  By by_;
  std::size_t at_ = 0;
  bool has_closed_ = false;
};

// Whether `text` is one object or array whose brackets close, with white space around it: a last
// line that is so is whole without its line end.
bool is_one_closed_value(std::string_view text);

}  // namespace nepho::event
