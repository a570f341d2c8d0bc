#include "base/line_count.h"

#include <algorithm>
#include <cstddef>

namespace nepho {

// The compiler turns the inner loop into vector compares that add up in bytes, for which a run must
// be short enough not to overflow one; the best version for the processor is chosen when loaded.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
__attribute__((target_clones("arch=skylake-avx512", "avx2", "default"), optimize("O3")))
#endif
std::uint64_t
count_line_ends(std::string_view text) {
  constexpr std::size_t kLanes = 64;
  constexpr std::size_t kMostPerLane = 255;
  std::uint64_t total = 0;
  std::size_t at = 0;
  while (text.size() - at >= kLanes) {
    std::uint8_t lanes[kLanes] = {};
    const std::size_t runs = std::min((text.size() - at) / kLanes, kMostPerLane);
    for (std::size_t run = 0; run < runs; ++run, at += kLanes) {
      const char* from = text.data() + at;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        lanes[lane] = static_cast<std::uint8_t>(lanes[lane] + (from[lane] == '\n' ? 1 : 0));
      }
    }
    for (const std::uint8_t count : lanes) total += count;
  }
  for (; at < text.size(); ++at) total += text[at] == '\n' ? 1 : 0;
  return total;
}

}  // namespace nepho
