// Records that were packed to travel through a field of text: base64 of gzip, of JSON or of lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace nepho::event {

// What CloudWatch Logs gives a Lambda function ("awslogs.data": base64 of gzip), and Kinesis and
// Firehose their readers ("data": base64 of whatever was put in). Nothing for a text that is none
// of these, cannot be decoded, or would be larger than Limits::max_record_bytes: it is then what it
// is. What comes out of plain base64 is JSON by its first character, or text of several words.
// O(n) of what is unpacked.
std::optional<std::string> unpacked_payload(std::string_view text,
                                            const Limits& limits = kDefaultLimits);
// Whether `text` begins as one of these. O(1).
bool may_be_packed(std::string_view text);

}  // namespace nepho::event
