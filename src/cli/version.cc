#include "cli/version.h"

namespace nepho::cli {

// Defined for this file alone, so that a new version compiles one file.
std::string_view program_version() { return NEPHO_VERSION; }

}  // namespace nepho::cli
