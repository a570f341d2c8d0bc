// Wires the process to the program.
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/huge_pages.h"
#include "base/uncaught.h"
#include "cli/interrupt.h"
#include "cli/run.h"

namespace {

// Rules, ATT&CK and log sources take 4 to 10 MB, the findings of a usual run some more. What is not
// used costs nothing.
constexpr std::size_t kHeapBytes = std::size_t{8} << 20U;

// Everything is written when a run calls this; nothing of ours waits for the end of the process.
void end(int code) {
  nepho::cli::die_of_caught_signal();
  std::_Exit(code);
}

}  // namespace

int main(int argc, char** argv) {
  nepho::begin_heap_on_huge_pages(kHeapBytes);
  nepho::end_on_uncaught_exceptions();
  nepho::cli::watch_signals();
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const int code = nepho::cli::run(words, {.end = end});
  nepho::cli::die_of_caught_signal();
  return code;
}
