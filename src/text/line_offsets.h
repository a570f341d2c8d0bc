// From places, as the readers of rule files give them, back to the bytes of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nepho::text {

// How a reader counts. kYaml: lines as YAML 1.1 ends them (LF, CR, CR LF, NEL, LS, PS), columns in
// characters; kLines: lines as LF ends them, columns in characters; kBytes: the same, in bytes.
enum class Counting : std::uint8_t { kYaml, kLines, kBytes };

// Bytes [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The text must outlive it. A byte order mark at the beginning is no column.
class LineOffsets {
 public:
  LineOffsets(std::string_view text, Counting counting);

  // Where a line begins, counted from 1; behind the end of the text there are no more.
  std::size_t line_begin(std::size_t line) const;
  // The offset of a place; at most the end of the text. Cost: the column.
  std::size_t offset_of(std::size_t line, std::size_t column) const;
  // The line, from 1, that an offset lies in.
  std::size_t line_of(std::size_t offset) const;

  // Where `scalar` stands at this place, without the quotes around it; nothing when other bytes
  // stand there, as where escapes or block scalars were read.
  std::optional<Span> find_scalar(std::size_t line, std::size_t column,
                                  std::string_view scalar) const;

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  Counting counting_;
  std::vector<std::size_t> begins_;
};

}  // namespace nepho::text
