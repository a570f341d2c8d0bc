#include "workspace/state_folder.h"

#include "base/files.h"

namespace nepho::workspace {

Result<std::filesystem::path> make_state_folder(const std::filesystem::path& workspace_folder) {
  std::filesystem::path folder = workspace_folder / kStateFolder;
  std::error_code error;
  // Not create_directories(): see the header. False without an error when it was there.
  const bool is_new = std::filesystem::create_directory(folder, error);
  if (error) {
    return fail(kCannotWrite, "cannot make the folder: " + error.message(),
                Place{.file = folder.string()});
  }
  if (is_new) {
    // It ignores itself too, so that the folder never shows in `git status`.
    if (auto written = write_file(folder / ".gitignore", "*\n"); !written) {
      return std::unexpected(written.error());
    }
  }
  return folder;
}

}  // namespace nepho::workspace
