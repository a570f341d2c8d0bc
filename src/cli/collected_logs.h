// The log sources of a workspace: which are collected, and whether they still arrive.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "coverage/gate.h"
#include "workspace/seen_logs.h"
#include "workspace/workspace.h"

namespace nepho::cli {

// All log sources that are known. Those of the workspace are enabled, and dark where they fell
// silent as of the session's time; without a workspace, or where it lists none, all are taken to
// arrive, which is said in `assumptions`. Fails where fired.json cannot be read.
Result<coverage::LogSourceUses> collected_logs(Session& session,
                                               const workspace::Workspace* workspace,
                                               std::vector<std::string>& assumptions);

// How long each log source may be silent: the workspace's word, else the knowledge's, and the
// latency that the workspace gives it.
workspace::Silences normal_silences(Session& session, const workspace::Workspace& workspace);

}  // namespace nepho::cli
