// What `nepho validate --refit` estimated, kept in .nephometer/priors.json: frozen until the next
// refit, so that figures of two days differ by evidence and rules alone.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "coverage/refit.h"

namespace nepho::workspace {

// Takes the place of what was kept, whole or not at all. Fails with kCannotWrite.
Result<void> write_priors(const std::filesystem::path& workspace_folder,
                          const coverage::FittedPriors& priors);

// What was kept; nothing where there never was a refit. A file that is none of ours, or has a
// number out of its range, fails with kBadPriors and its place: a figure that rests on half of a
// file would be wrong in silence.
Result<coverage::FittedPriors> read_priors(const std::filesystem::path& workspace_folder);

}  // namespace nepho::workspace
