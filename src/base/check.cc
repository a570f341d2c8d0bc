#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace nepho {

void report_defect(const char* file, int line, const char* what) {
  std::fprintf(stderr, "nepho: a defect of ours at %s:%d: %s does not hold. Please report it.\n",
               file, line, what);
  std::fflush(stderr);
#ifdef NEPHO_FUZZ
  std::abort();  // libFuzzer keeps the input of what aborts, and only of that
#else
  std::_Exit(70);
#endif
}

}  // namespace nepho
