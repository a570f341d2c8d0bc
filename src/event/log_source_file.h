// A file of knowledge/logsources/ as a LogSource (docs/formats/log-source.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "event/log_source.h"

namespace nepho::event {

// Reads one file; `file` names it in messages. Every fault is added to `report` with its place;
// with any error there is no source.
std::optional<LogSource> parse_log_source(std::string_view yaml, const std::string& file,
                                          LoadReport& report);

}  // namespace nepho::event
