// CloudTrail logs and rules as they stand in files, for suites that drive the built program.
#pragma once

#include <string>
#include <string_view>

namespace nepho::tests {

// One record on one line, with its line end. `user` becomes userIdentity.userName, JSON-escaped by
// the caller.
std::string cloudtrail_line(std::string_view event_name, std::string_view event_id,
                            std::string_view user = "marit");

// `text` packed as one gzip member.
std::string gzip(std::string_view text);

// A rule that fires on every record of this eventName.
std::string rule_on(std::string_view event_name, std::string_view title = "On An Event");

}  // namespace nepho::tests
