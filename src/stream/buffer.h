// Bytes that a JSON reader may read a little beyond.
#pragma once

#include <cstddef>
#include <memory>

namespace nepho::stream {

// A block of memory of at least capacity() bytes, followed by text::kJsonPadding more that may be
// read. Never cleared. Moves, does not copy.
class Buffer {
 public:
  char* data() { return bytes_.get(); }
  const char* data() const { return bytes_.get(); }
  std::size_t capacity() const { return capacity_; }

  // Makes the capacity at least `size`, keeping the first `kept` bytes. Invalidates data() when it
  // grows.
  void reserve(std::size_t size, std::size_t kept = 0);

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

}  // namespace nepho::stream
