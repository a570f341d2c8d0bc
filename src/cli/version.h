// The program's version, as CMakeLists.txt has it.
#pragma once

#include <string_view>

namespace nepho::cli {

// "0.1.0".
std::string_view program_version();

}  // namespace nepho::cli
