// How rules are read in this session.
#pragma once

#include "base/result.h"
#include "cli/session.h"
#include "sigma/load.h"

namespace nepho::cli {

// The workspace's placeholders and way with filters, with the file of --placeholders laid over
// them; the command must declare that option. Fails when one of the two cannot be read.
Result<sigma::LoadOptions> rule_options(Session& session);

}  // namespace nepho::cli
