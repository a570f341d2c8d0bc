#include "base/huge_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

namespace nepho {
namespace {

// The kernel's flags of the mapping that holds `memory` (proc(5), smaps): "rd wr mr mw me ac hg".
std::string flags_of(const void* memory) {
  const auto at = reinterpret_cast<std::uintptr_t>(memory);
  std::ifstream maps("/proc/self/smaps");
  bool is_inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream words(line);
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    char dash = ' ';
    if (words >> std::hex >> begin >> dash >> end && dash == '-') {
      is_inside = begin <= at && at < end;
    } else if (is_inside && line.starts_with("VmFlags:")) {
      return line;
    }
  }
  return "";
}

TEST(HugePages, AreAskedForWhereTheHeapGoesOn) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
  GTEST_SKIP() << "the heap is not glibc's";
#endif
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage"))
    GTEST_SKIP() << "the kernel has no huge pages for a heap";
  // In a process of its own, whose heap nobody has used yet.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        begin_heap_on_huge_pages(std::size_t{4} << 20U);
        std::vector<std::unique_ptr<char[]>> blocks;
        int num_elsewhere = 0;
        for (int i = 0; i < 32; ++i) {
          blocks.push_back(std::make_unique<char[]>(100'000));
          const bool is_huge = flags_of(blocks.back().get()).find(" hg") != std::string::npos;
          num_elsewhere += is_huge ? 0 : 1;
        }
        std::_Exit(num_elsewhere);
      },
      testing::ExitedWithCode(0), "");
}

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
