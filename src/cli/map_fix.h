// `nepho map --fix`: mends the mappings of rule files in place.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "inventory/references.h"

namespace nepho::cli {

// Shows, as a unified diff on stdout, what mending the files of `paths` would change, and makes the
// changes when --yes is given or somebody at the terminal says so. Files that change are written
// whole or not at all, one by one. What cannot be mended where it stands is reported; the built-in
// pack and standard input are left alone.
Result<ExitCode> fix_mappings(Session& session, const std::vector<std::string>& paths,
                              const inventory::References& references);

}  // namespace nepho::cli
