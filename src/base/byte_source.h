// Where bytes come from: a file, standard input, a decompressor over another source, a test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nepho {

// Pulled, not pushed. Not thread-safe.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // Fills `out` with at least one and at most `capacity` bytes and says how many; 0 at the end. On
  // a fault, what was read before it comes first; the error comes with the call after, and again
  // with every later one. `capacity` is not 0.
  virtual Result<std::size_t> read(char* out, std::size_t capacity) = 0;

  // Bytes taken so far from the outermost place (packed bytes, for a packed file).
  virtual std::uint64_t bytes_taken() const = 0;

  // How many bytes there are in all, where that is known before reading: a regular file's size.
  virtual std::uint64_t size_hint() const { return 0; }
};

// The file at `path`, or standard input for "-". The file's own bytes, nothing unpacked.
Result<std::unique_ptr<ByteSource>> open_source(const std::string& path);

// A source over bytes in memory, which must outlive it; it gives at most `chunk` bytes a call, so
// that tests can split where they like.
std::unique_ptr<ByteSource> memory_source(std::string_view bytes,
                                          std::size_t chunk = std::size_t{1} << 20U);

}  // namespace nepho
