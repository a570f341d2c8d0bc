#include "stream/buffer.h"

#include <cstring>
#include <utility>

#include "text/json_index.h"

namespace nepho::stream {

void Buffer::reserve(std::size_t size, std::size_t kept) {
  if (capacity_ >= size) return;
  auto larger = std::make_unique_for_overwrite<char[]>(size + text::kJsonPadding);
  if (kept != 0) std::memcpy(larger.get(), bytes_.get(), kept);
  std::memset(larger.get() + size, 0, text::kJsonPadding);
  bytes_ = std::move(larger);
  capacity_ = size;
}

}  // namespace nepho::stream
