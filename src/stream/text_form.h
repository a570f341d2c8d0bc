// What tells lines of text and tables from JSON at the start of a file.
#pragma once

#include <cstddef>
#include <string_view>

namespace nepho::stream {

// The size of the lines in `text` that have their line end.
std::size_t lines_size(std::string_view text);

std::string_view first_line(std::string_view text);
// The last line of `text` that is not blank, without blanks behind it.
std::string_view last_line(std::string_view text);

// Whether the line is one of a log in text: it begins with a word, no bracket or quote of JSON, and
// has several; or it is one of Fluent Bit's.
bool is_text_line(std::string_view line);

// The first lines of `text` up to and with the first that is no comment.
std::string_view head_of_rows(std::string_view text);

// Whether a file that begins with `text` holds rows. A heading before a JSON document is none;
// lines of JSON among those of text are.
bool begins_with_rows(std::string_view text);

}  // namespace nepho::stream
