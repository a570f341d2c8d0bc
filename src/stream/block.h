// The unit of work between reading and evaluating: a slice of a file that holds whole records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "stream/buffer.h"
#include "text/json_index.h"

namespace nepho::stream {

// A contiguous slice of the uncompressed file, holding whole top-level records separated only by
// white space and commas; the head and tail of an envelope that the reader opened are in no block.
// So the place of a record follows from where it stands in the block: its offset is offset() plus
// its position, its line first_line() plus the line ends before it.
//
// The reader fills it and reuses its buffer: keep one for each worker and each place in a queue.
// Moves, does not copy.
class Block {
 public:
  // How the records lie: one a line (a record may still be bad, or an envelope); values one after
  // another, whose brackets the reader has seen close; or rows of text (event/rows.h).
  enum class Layout : std::uint8_t { kLines, kValues, kRows };

  // Valid until the block is filled again; text::kJsonPadding readable bytes follow. May be empty.
  std::string_view bytes() const { return {buffer_.data() + begin_, size_}; }
  Layout layout() const { return layout_; }
  // Of rows: how the file begins, up to and with the first line that is no comment. Never null.
  const std::string& head() const { return *head_; }
  // Which of the run's files, as given to RecordReader::open().
  std::uint32_t file_index() const { return file_index_; }
  // Where the structure of bytes() lies, when the reader had to know it: as text::JsonIndexer gives
  // it for them. Valid as long as they.
  std::optional<std::span<const std::uint32_t>> index() const { return index_; }
  // 0-based among the blocks of its file.
  std::uint64_t sequence() const { return sequence_; }
  // Of bytes()[0]: 0-based byte in the uncompressed file, and 1-based line.
  std::uint64_t offset() const { return offset_; }
  std::uint64_t first_line() const { return first_line_; }

 private:
  friend class RecordReader;

  Buffer buffer_;
  text::JsonIndexer indexer_;  // owns what index_ shows
  std::optional<std::span<const std::uint32_t>> index_;
  std::size_t begin_ = 0;  // in buffer_
  std::size_t size_ = 0;
  Layout layout_ = Layout::kLines;
  std::shared_ptr<const std::string> head_ = std::make_shared<std::string>();
  std::uint32_t file_index_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t first_line_ = 1;
};

}  // namespace nepho::stream
