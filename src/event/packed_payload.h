// A record that was packed to travel through a field of text: base64 of gzip, or of JSON itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace nepho::event {

// What CloudWatch Logs gives a Lambda function ("awslogs.data": base64 of gzip), and Kinesis and
// Firehose their readers ("data": base64 of whatever was put in). Nothing for a text that does not
// begin as one of the two, cannot be decoded, or would be larger than Limits::max_record_bytes: it
// is then what it is. O(n) of what is unpacked.
std::optional<std::string> unpacked_payload(std::string_view text,
                                            const Limits& limits = kDefaultLimits);
// Whether `text` begins as one of the two. O(1).
bool may_be_packed(std::string_view text);

}  // namespace nepho::event
