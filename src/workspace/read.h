// Finding and reading nephometer.yml.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/result.h"
#include "workspace/workspace.h"

namespace nepho::workspace {

inline constexpr std::string_view kFileName = "nephometer.yml";

// The nearest folder from `start` upwards that holds nephometer.yml: `start`, or it with '..'
// behind. Links are not resolved: a workspace is where the user believes to be. A file that cannot
// be looked at counts as absent. nullopt when no folder up to the root has one.
std::optional<std::filesystem::path> find_folder(const std::filesystem::path& start);

// What the file's names are held against. Views into what the caller holds; both lists may be
// empty, and then nothing is known.
struct Known {
  std::vector<std::string_view> providers;
  std::vector<std::string_view> log_sources;
  std::vector<std::string_view> native;  // detectors of the providers' own
};

// Reads the text of a nephometer.yml that lies in `folder`. Everything wrong goes to `report` with
// its line and column, and reading goes on; with an error among it the result is not to be used. An
// unknown key, provider or value is an error; a log source that is not known yet a warning.
//
// Nothing is recursive and nothing unbounded here: depth, size and aliases are bounded by
// text/yaml.h.
Workspace parse_workspace(std::string_view text, const std::filesystem::path& folder,
                          const Known& known, LoadReport& report);

// Reads the file in `folder`; fails with kNoWorkspace or base's codes when it cannot be read.
Result<Workspace> read_workspace(const std::filesystem::path& folder, const Known& known,
                                 LoadReport& report);

}  // namespace nepho::workspace
