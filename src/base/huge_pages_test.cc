#include "base/huge_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace nepho {
namespace {

TEST(HugePages, AlignsLargeBlocks) {
  void* memory = allocate_huge(5'000'000);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % (2U << 20U), 0U);
  free_huge(memory);
}

TEST(HugePages, HoldAVectorThatGrowsPastTheBound) {
  std::vector<std::uint64_t, HugePageAllocator<std::uint64_t>> numbers;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) numbers.push_back(i);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}), 499'999'500'000U);
}

}  // namespace
}  // namespace nepho
