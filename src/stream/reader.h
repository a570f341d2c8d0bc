// Reads a file or stream of records, whatever its form, as blocks of whole records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/limits.h"
#include "base/result.h"
#include "event/skip_reason.h"
#include "stream/block.h"

namespace nepho::stream {

struct ReadOptions {
  // What a block grows to; one larger record makes one larger block. Small enough that it stays in
  // a core's L2 cache, with its index, between reading and evaluating: 128 KiB took 2 to 3 % less
  // than half a MiB, of 300 MB on one thread.
  std::size_t block_bytes = std::size_t{1} << 17U;
  Limits limits;
};

// A record that the reader left out.
struct SkippedRecord {
  event::SkipReason reason = event::SkipReason::kMalformedJson;
  std::uint32_t file_index = 0;
  std::uint64_t line = 0;    // 1-based, of its first byte
  std::uint64_t offset = 0;  // 0-based, in the uncompressed file
};

// Where in its file a source begins, for who reads a file bit by bit.
struct ReadPlace {
  std::uint64_t offset = 0;  // 0-based, in the uncompressed file
  std::uint64_t line = 1;    // 1-based
  std::string head;          // of rows of text: how the file begins, with what names their columns
};

// Pulls blocks out of one file after another, keeping its buffers between them. The form is found
// by looking at the bytes: JSON lines; one array; {"Records":[...]} and its like, one or many;
// objects one after another, however laid out; lines of text and comma-separated values; YAML;
// each plain or packed by gzip (any number of members) or zstd. A byte order mark is passed over, a
// missing line end at the end too. UTF-16 and YAML are read as the UTF-8 and the JSON that say the
// same: offsets count in those.
//
// What can be told from the file's structure alone is skipped here (too-large, truncated, text
// between values); a record in a block may still turn out bad when it is parsed.
//
// No threads inside and not thread-safe: one owner, or a lock around next(). Memory: a few block
// sizes, or what one record needs within Limits::max_record_bytes.
class RecordReader {
 public:
  explicit RecordReader(ReadOptions options = {});
  ~RecordReader();
  RecordReader(RecordReader&&) noexcept;
  RecordReader& operator=(RecordReader&&) noexcept;

  // Begins a file ("-" is standard input; base/archive.h names those in archives), leaving the one
  // before.
  Result<void> open(const std::string& path, std::uint32_t file_index);
  // The same on any source of bytes, packed or not; `name` is for messages. A source that holds the
  // rest of a file from `place` on is read as if the file began there, but counts on from there.
  Result<void> open(std::unique_ptr<ByteSource> source, std::string name, std::uint32_t file_index,
                    const ReadPlace& place = {});

  // Fills `block` with the next records. False at the end. When the file cannot be read on (a disk
  // error, a truncated gzip), the blocks before come first, then the error, once, then false.
  Result<bool> next(Block& block);

  // What was skipped since the last call, in file order.
  std::vector<SkippedRecord> take_skipped();

  // Bytes taken from the file so far, packed as it is: for progress. And what they unpacked to.
  std::uint64_t bytes_taken() const;
  std::uint64_t bytes_unpacked() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace nepho::stream
