// gzip and zstd, known by their first bytes and unpacked on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_source.h"
#include "base/huge_pages.h"
#include "base/limits.h"
#include "base/result.h"

namespace nepho {

inline constexpr ErrorCode kCorruptArchive{"base.corrupt_archive"};
inline constexpr ErrorCode kTruncatedArchive{"base.truncated_archive"};
inline constexpr ErrorCode kInflatesTooFar{"base.inflates_too_far"};

enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

// By magic number: RFC 1952 section 2.3.1 (with deflate as its method) and RFC 8878 section 3.1.1
// (skippable frames included).
Compression sniff_compression(std::string_view head);
inline constexpr std::size_t kCompressionMagicBytes = 4;

// Memory for packed bytes, kept from one file to the next. One file at a time.
struct PackedBuffer {
  std::unique_ptr<char[], HugeMemory> bytes;
  std::size_t capacity = 0;
  // At least `size` bytes; what was there is kept up to `kept`.
  void reserve(std::size_t size, std::size_t kept = 0);
};

// `source` unpacked when it is gzip or zstd, else as it is. Several members (frames) are one file;
// zeros behind the last member are padding; other bytes there are an error.
//
// A truncated or corrupt file gives what could be unpacked, then the error with `name` and the
// packed offset. More than Limits::max_inflate_ratio times the packed bytes, once beyond
// Limits::inflate_free_bytes, is refused as a bomb.
// `buffer` must outlive what is returned. Cost on one core: 1.8 GB/s of unpacked log for gzip.
Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<ByteSource> source,
                                           const std::string& name, PackedBuffer& buffer,
                                           const Limits& limits = kDefaultLimits);

// `bytes` as one gzip member without a name or a time: the same bytes give the same member. About
// 100 MB/s.
std::string gzip(std::string_view bytes);

}  // namespace nepho
