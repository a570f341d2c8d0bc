// The part of a file that the reader looks at, with its place in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.h"
#include "stream/buffer.h"

namespace nepho::stream {

// Bytes read and not yet given away, always contiguous and followed by text::kJsonPadding readable
// bytes. Knows the offset and the line of its first byte. Keeps the first error of the source; what
// came before it is still there. Not thread-safe.
class Window {
 public:
  // Begins a source, leaving what was there; the buffer is kept.
  void open(std::unique_ptr<ByteSource> source);
  // Of a source that begins within a file, the place of its first byte. Right after open().
  void begin_at(std::uint64_t offset, std::uint64_t line);

  std::string_view bytes() const { return {buffer_.data() + begin_, end_ - begin_}; }
  // Reads until at least `size` bytes are there or the source ends.
  void fill(std::size_t size);
  // Whether the source has ended or failed.
  bool at_end() const { return at_end_; }
  const std::optional<Error>& error() const { return error_; }

  // Of bytes()[0]: 0-based in the file, 1-based line.
  std::uint64_t offset() const { return offset_; }
  std::uint64_t line() const { return line_; }

  // Leaves the first `count` bytes, counting their lines.
  void drop(std::size_t count);

  // Gives the first `count` bytes away into `out`, beginning there at the returned position, and
  // drops them. Copies them or, when it may and less is left behind them, hands over the buffer and
  // copies the rest; then earlier views of bytes() are of `out`.
  std::size_t give(std::size_t count, bool may_hand_over, Buffer& out);

  const ByteSource* source() const { return source_.get(); }

  // As if the source had failed here: leaves what was read from it and reads no more.
  void give_up(Error error);
  // Leaves the source and what was read from it.
  void close();
  // Gives the source away with the bytes read from it and not dropped, so that it may be opened
  // again behind another.
  std::unique_ptr<ByteSource> release(std::string& unread);

 private:
  std::unique_ptr<ByteSource> source_;
  Buffer buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 1;
  bool at_end_ = true;
  std::optional<Error> error_;
};

}  // namespace nepho::stream
