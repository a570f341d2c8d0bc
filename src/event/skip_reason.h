// Why a record was not evaluated: the keys of the summary's "skipped_by_reason" (cli.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace nepho::event {

// A closed list; the names are part of the public form and never change.
enum class SkipReason : std::uint8_t {
  kMalformedJson,  // "malformed-json": not JSON by RFC 8259, control characters included
  kBadUtf8,        // "bad-utf8": not UTF-8 by RFC 3629
  kTruncated,      // "truncated": the input ended inside the record
  kTooLarge,       // "too-large": longer than Limits::max_record_bytes
  kTooDeep,        // "too-deep": nested deeper than Limits::max_json_depth
  kNotAnObject,    // "not-an-object": JSON, but a number, a string, a list of these
  kUnknownText,    // "unknown-text": a line of text of no form that a log source has
};
inline constexpr std::size_t kNumSkipReasons = 7;

std::string_view to_string(SkipReason reason);

// The same as half a sentence for the reader, with the limit that was met ("longer than 4 MiB").
// Not part of the public form.
std::string explain(SkipReason reason, const Limits& limits = kDefaultLimits);

}  // namespace nepho::event
