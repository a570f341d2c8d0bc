// CHECK: for what can only be false through a defect of ours. It ends the process with exit code
// 70 (cli.md), so that a wrong state is never written out as a result.
#pragma once

namespace nepho {

// Prints "file:line: defect: what" to stderr and ends the process with exit code 70.
[[noreturn]] void report_defect(const char* file, int line, const char* what);

}  // namespace nepho

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::nepho::report_defect(__FILE__, __LINE__, #condition))
