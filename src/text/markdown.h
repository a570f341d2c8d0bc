// Encoders for Markdown (CommonMark 0.31 with GitHub's extensions): text of others, made safe for
// the place it is shown in. Attackers write log fields; none of them may become a link, a picture,
// a heading or HTML in the document of whoever reads it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nepho::text {

// Longest value shown on one line; a guess at what a reader still takes in.
inline constexpr std::size_t kMaxMarkdownValue = 300;

// Running text on one line, also in the cell of a table: HTML is escaped, every sign that Markdown
// reads has a backslash before it, and nothing becomes a link by itself. Control characters, line
// ends and characters that hide or turn text are written as printable() does.
std::string markdown_text(std::string_view text);

// The same as code: a span whose fence is longer than any row of backticks in it. Where the span
// stands in the cell of a table, its pipes are escaped, as GitHub's tables want it.
std::string markdown_code(std::string_view text, std::size_t max_bytes = kMaxMarkdownValue);
std::string markdown_cell_code(std::string_view text, std::size_t max_bytes = kMaxMarkdownValue);

// A block of code over several lines, with its line end. `language` is ours ("json"). Line ends
// stay, all else that printable() takes away is taken away.
std::string markdown_block(std::string_view text, std::string_view language);

}  // namespace nepho::text
