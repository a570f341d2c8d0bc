// The workspace's own folder for what the program keeps.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace nepho::workspace {

inline constexpr std::string_view kStateFolder = ".nephometer";

// Makes `.nephometer/` in the workspace where it is missing, with a .gitignore that keeps it out of
// version control, and gives its path. The workspace's folder must exist: a mistyped one is an
// error (kCannotWrite), not a new folder. Only a folder that is made here gets the .gitignore; who
// deletes it keeps the state in version control.
Result<std::filesystem::path> make_state_folder(const std::filesystem::path& workspace_folder);

}  // namespace nepho::workspace
