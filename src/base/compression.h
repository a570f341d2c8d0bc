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

// Memory that unpacking needs, kept from one file to the next: fresh memory costs more than
// inflating into it (page faults: 2 GB/s). One file at a time.
struct UnpackBuffers {
  struct Buffer {
    std::unique_ptr<char[], HugeMemory> bytes;
    std::size_t capacity = 0;
    // At least `size` bytes; what was there is kept up to `kept`.
    void reserve(std::size_t size, std::size_t kept = 0);
  };
  Buffer packed;
  Buffer unpacked;
};

// A gzip file up to this size is held whole, with one member up to kMaxWholeUnpacked, and inflated
// by libdeflate (1.3 GB/s of unpacked bytes on one core) rather than as a stream by ISA-L (1.1).
inline constexpr std::size_t kMaxWholePacked = std::size_t{8} << 20U;
inline constexpr std::size_t kMaxWholeUnpacked = std::size_t{64} << 20U;

// `source` unpacked when it is gzip or zstd, else as it is. Several members (frames) are one file;
// zeros behind the last member are padding; other bytes there are an error.
//
// A truncated or corrupt file gives what could be unpacked, then the error with `name` and the
// packed offset. More than Limits::max_inflate_ratio times the packed bytes is refused as a bomb.
// `buffers` must outlive what is returned.
Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<ByteSource> source,
                                           const std::string& name, UnpackBuffers& buffers,
                                           const Limits& limits = kDefaultLimits);

// `bytes` as one gzip member without a name or a time: the same bytes give the same member. About
// 100 MB/s.
std::string gzip(std::string_view bytes);

}  // namespace nepho
