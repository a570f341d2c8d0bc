#include "attack/bundle_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/byte_source.h"
#include "base/compression.h"
#include "base/files.h"

namespace nepho::attack {

Result<std::string> read_bundle_file(const std::string& path, const Limits& limits) {
  auto packed = open_source(path);
  if (!packed) return std::unexpected(packed.error());
  const std::uint64_t size = (*packed)->size_hint();
  PackedBuffer buffer;
  auto source = unpack(std::move(*packed), path, buffer, limits);
  if (!source) return std::unexpected(source.error());
  // MITRE's bundles pack 1:13. Room that is not used costs no memory, growing copies all there is.
  constexpr std::uint64_t kUsualRatio = 16;
  constexpr std::size_t kChunk = std::size_t{1} << 20U;
  std::string content;
  content.reserve(std::min<std::uint64_t>(size * kUsualRatio, limits.max_bundle_bytes) + kChunk);
  while (true) {
    const std::size_t held = content.size();
    content.resize(held + kChunk);
    const auto got = (*source)->read(content.data() + held, kChunk);
    if (!got) return std::unexpected(got.error());
    content.resize(held + *got);
    if (*got == 0) return content;
    if (content.size() > limits.max_bundle_bytes) {
      return fail(kTooLarge,
                  fmt::format("larger than the limit of {} bytes", limits.max_bundle_bytes),
                  Place{.file = path});
    }
  }
}

}  // namespace nepho::attack
