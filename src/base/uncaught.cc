#include "base/uncaught.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace nepho {
namespace {

constexpr int kDefect = 70;  // EX_SOFTWARE of sysexits.h

[[noreturn]] void end(const char* what) {
  std::fprintf(stderr, "nepho: a defect of ours: %s. Please report it.\n", what);
  std::fflush(stderr);
  std::_Exit(kDefect);
}

[[noreturn]] void end_on_exception() {
  try {
    if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::exception& exception) {
    end(exception.what());
  } catch (...) {
    end("an exception of unknown type");
  }
  end("terminated without an exception");
}

}  // namespace

void end_on_uncaught_exceptions() { std::set_terminate(end_on_exception); }

}  // namespace nepho
