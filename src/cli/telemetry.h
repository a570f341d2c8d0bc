// Labelled logs that --telemetry and --cases name, and what was agreed about the time of alerts.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "exercise/cases.h"
#include "exercise/replay.h"
#include "workspace/workspace.h"

namespace nepho::cli {

// Labelled logs, and the folder they lie in.
struct Telemetry {
  std::string folder;
  std::string cases_file;
  std::vector<exercise::LabelledLines> cases;  // those that --provider and --technique leave
};

// Fails where one of the two options is missing or the cases cannot be read; faulty rows are
// reported.
Result<Telemetry> read_telemetry(Session& session);

// What the workspace agreed; nothing outside one.
exercise::AgreedTime agreed_time(const workspace::Workspace* workspace);

}  // namespace nepho::cli
