// allocate_huge() gives blocks of their own. The heap is glibc's: it grows by moving its end
// (sbrk), and memory given back at the end would be cut off again. So a block of the wanted size is
// taken and given back at once, with the cutting switched off: the heap now is that large and
// empty. Its whole 2 MiB pages are then advised to be huge (madvise is advice: without them all
// works as before), and what lies before the first of them is taken for good, so that the next
// block stands on it.
#include "base/huge_pages.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#include <unistd.h>
#endif

namespace nepho {
namespace {

constexpr std::size_t kPage = std::size_t{2} << 20U;

std::size_t rounded_up(std::size_t size_bytes) { return (size_bytes + kPage - 1) / kPage * kPage; }

}  // namespace

void* allocate_huge(std::size_t size_bytes) {
  const std::size_t rounded = rounded_up(size_bytes);
  void* memory = std::aligned_alloc(kPage, rounded);
  if (memory == nullptr) throw std::bad_alloc();
  ::madvise(memory, rounded, MADV_HUGEPAGE);  // advice: without huge pages it works as well
  return memory;
}

void free_huge(void* memory) { std::free(memory); }

void begin_heap_on_huge_pages([[maybe_unused]] std::size_t size_bytes) {
#if defined(__GLIBC__)
  // The first mallopt ends glibc's own adjustments (mallopt(3)). Never given back: else it would be
  // cut off and touched anew.
  constexpr int kLargest = 32 << 20;
  const std::size_t wanted = std::min(rounded_up(size_bytes) + kPage, std::size_t{kLargest} / 2);
  ::mallopt(M_TRIM_THRESHOLD, 2 * kLargest);
  ::mallopt(M_MMAP_THRESHOLD, kLargest);
  void* const block = std::malloc(wanted);
  if (block == nullptr) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(block);
  const std::uintptr_t first_page = rounded_up(begin);
  std::free(block);
  ::mallopt(M_MMAP_THRESHOLD,
            static_cast<int>(kPage));  // what allocate_huge() gives has a place of its own
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  if (end <= first_page || begin + wanted > end) return;  // it did not come from the heap's end
  ::madvise(reinterpret_cast<void*>(first_page), (end - first_page) / kPage * kPage, MADV_HUGEPAGE);
  // What lies before the first whole page is kept, so that the next to be given is on it.
  [[gnu::used]] static void* volatile before = nullptr;
  before = std::malloc(first_page - begin);
#endif
}

}  // namespace nepho
