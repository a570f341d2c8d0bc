#include "base/huge_pages.h"

#include <sys/mman.h>

#include <cstdlib>

namespace nepho {

void* allocate_huge(std::size_t size_bytes) {
  constexpr std::size_t kPage = std::size_t{2} << 20U;
  const std::size_t rounded = (size_bytes + kPage - 1) / kPage * kPage;
  void* memory = std::aligned_alloc(kPage, rounded);
  if (memory == nullptr) throw std::bad_alloc();
  ::madvise(memory, rounded, MADV_HUGEPAGE);  // advice: without huge pages it works as well
  return memory;
}

void free_huge(void* memory) { std::free(memory); }

}  // namespace nepho
