// A file of knowledge/logsources/ as a LogSource (docs/formats/log-source.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/result.h"
#include "event/log_source.h"
#include "text/yaml.h"

namespace nepho::event {

// Reads one file; `file` names it in messages. Every fault is added to `report` with its place;
// with any error there is no source.
std::optional<LogSource> parse_log_source(std::string_view yaml, const std::string& file,
                                          LoadReport& report);
// The same of what has been read as YAML, or the error that stood in the way.
std::optional<LogSource> read_log_source(const Result<text::YamlNode>& root,
                                         const std::string& file, LoadReport& report);

}  // namespace nepho::event
