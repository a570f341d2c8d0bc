// What is left of the window moves to the front before more is read behind it: decompressors want
// their input in one piece, and use nearly all of it, so that little is moved.
#include "base/packed_input.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace nepho {
namespace {

// Packed bytes read at a time: a few of the kernel's read-aheads, small beside the L2 cache.
constexpr std::size_t kChunk = std::size_t{256} << 10U;

}  // namespace

void PackedBuffer::reserve(std::size_t size, std::size_t kept) {
  if (capacity >= size) return;
  const std::size_t larger_size = std::max(size, capacity + capacity / 2);
  std::unique_ptr<char[], HugeMemory> larger(static_cast<char*>(allocate_huge(larger_size)));
  if (kept != 0) std::memcpy(larger.get(), bytes.get(), kept);
  bytes = std::move(larger);
  capacity = larger_size;
}

PackedInput::PackedInput(std::unique_ptr<ByteSource> source, PackedBuffer& buffer)
    : source_(std::move(source)), buffer_(buffer) {
  buffer_.reserve(kChunk);
}

bool PackedInput::fill(std::size_t wanted) {
  while (end_ - begin_ < wanted && !at_end_) {
    if (begin_ != 0) {
      std::memmove(buffer_.bytes.get(), buffer_.bytes.get() + begin_, end_ - begin_);
      end_ -= std::exchange(begin_, 0);
    }
    buffer_.reserve(std::max(wanted, kChunk), end_);
    const auto got = source_->read(buffer_.bytes.get() + end_, buffer_.capacity - end_);
    if (!got) error_ = got.error();
    at_end_ = !got || *got == 0;
    end_ += got.value_or(0);
    read_ += got.value_or(0);
  }
  return end_ - begin_ >= wanted;
}

bool inflates_too_far(std::uint64_t packed, std::uint64_t unpacked, const Limits& limits) {
  return unpacked > limits.inflate_free_bytes && unpacked / limits.max_inflate_ratio > packed;
}

}  // namespace nepho
