// What becomes of the process when an exception is caught by nobody.
#pragma once

namespace nepho {

// From here on such an exception, which is a defect of ours, ends the process as a failed CHECK
// does (base/check.h): its text on stderr, exit code 70 (cli.md), no destructor run, nothing half
// written put in place. To be called once, from main, before there are threads.
void end_on_uncaught_exceptions();

}  // namespace nepho
