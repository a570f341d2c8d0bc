// The packed side of a decompressor: a window on a byte source.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/byte_source.h"
#include "base/compression.h"

namespace nepho {

// The bytes read and not yet used, refilled from the source when they run out. Keeps the first
// error of the source; what came before it is still given. Not thread-safe.
class PackedInput {
 public:
  PackedInput(std::unique_ptr<ByteSource> source, PackedBuffer& buffer);

  // What is there now; valid until the next fill().
  std::string_view bytes() const { return {buffer_.bytes.get() + begin_, end_ - begin_}; }
  // Takes `count` bytes, at most as many as there are, off the front.
  void drop(std::size_t count) { begin_ += count; }
  // Reads until `wanted` bytes are there or the source ends. False when fewer are there.
  // More may have come.
  bool fill(std::size_t wanted);
  // Whether the source has ended or failed; bytes() may still hold some.
  bool at_end() const { return at_end_; }
  const std::optional<Error>& error() const { return error_; }

  // Packed bytes used so far: where the decompressor stands.
  std::uint64_t offset() const { return read_ - (end_ - begin_); }
  // The bytes that what was unpacked came from: those, or what was read of the outermost place (an
  // archive around it, packed itself) where that is less.
  std::uint64_t packed() const { return std::min(offset(), source_->bytes_taken()); }
  const ByteSource& source() const { return *source_; }
  ByteSource& source() { return *source_; }

 private:
  std::unique_ptr<ByteSource> source_;
  PackedBuffer& buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t read_ = 0;
  bool at_end_ = false;
  std::optional<Error> error_;
};

// Whether `unpacked` bytes are more than honest data makes of `packed`.
bool inflates_too_far(std::uint64_t packed, std::uint64_t unpacked, const Limits& limits);

// The two decompressors: what they give is defined at unpack() (compression.h). `name` is for
// messages.
std::unique_ptr<ByteSource> make_gzip_source(PackedInput input, std::string name,
                                             const Limits& limits);
std::unique_ptr<ByteSource> make_zstd_source(PackedInput input, std::string name,
                                             const Limits& limits);

}  // namespace nepho
