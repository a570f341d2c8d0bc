// Memory on few, large pages: for large tables that are read at random, and for the heap.
#pragma once

#include <cstddef>
#include <new>

namespace nepho {

// At least `size_bytes`, aligned to 2 MiB and, where the system has them, on pages of that size:
// one fault instead of 512 when it is first touched, fewer misses afterwards. Throws
// std::bad_alloc.
void* allocate_huge(std::size_t size_bytes);
void free_huge(void* memory);

// Lets the heap of the calling thread begin with `size_bytes` on huge pages, where the system has
// them. To be called once, early, on the main thread: what a start reads (rules, ATT&CK) then costs
// a handful of page faults, not some hundreds (10 us each on some virtual machines). Memory that is
// never used stays untouched. Without glibc, nothing happens.
void begin_heap_on_huge_pages(std::size_t size_bytes);

// For std::unique_ptr to what allocate_huge() gave.
struct HugeMemory {
  void operator()(char* memory) const { free_huge(memory); }
};

// For containers: large blocks as above, small ones as ever. Stateless.
template <typename T>
struct HugePageAllocator {
  using value_type = T;
  static constexpr std::size_t kLarge = std::size_t{2} << 20U;

  HugePageAllocator() = default;
  template <typename U>
  explicit(false) HugePageAllocator(const HugePageAllocator<U>& /*other*/) {}

  T* allocate(std::size_t n) {
    const std::size_t size_bytes = n * sizeof(T);
    return static_cast<T*>(size_bytes >= kLarge ? allocate_huge(size_bytes)
                                                : ::operator new(size_bytes));
  }
  void deallocate(T* memory, std::size_t n) {
    if (n * sizeof(T) >= kLarge) {
      free_huge(memory);
    } else {
      ::operator delete(memory);
    }
  }
  bool operator==(const HugePageAllocator&) const { return true; }
};

}  // namespace nepho
