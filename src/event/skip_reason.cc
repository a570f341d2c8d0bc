#include "event/skip_reason.h"

#include <fmt/format.h>

#include <array>

namespace nepho::event {

std::string_view to_string(SkipReason reason) {
  static constexpr std::array<std::string_view, kNumSkipReasons> kNames = {
      "malformed-json", "bad-utf8",      "truncated",   "too-large",
      "too-deep",       "not-an-object", "unknown-text"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::string explain(SkipReason reason, const Limits& limits) {
  switch (reason) {
    case SkipReason::kMalformedJson: return "not well-formed JSON";
    case SkipReason::kBadUtf8: return "bytes that are not UTF-8";
    case SkipReason::kTruncated: return "the input ends inside the record";
    case SkipReason::kTooLarge:
      return fmt::format("longer than {} MiB", limits.max_record_bytes >> 20U);
    case SkipReason::kTooDeep:
      return fmt::format("nested deeper than {} levels", limits.max_json_depth);
    case SkipReason::kNotAnObject: return "JSON, but no object";
    case SkipReason::kUnknownText: return "neither JSON nor a form of line that a log source has";
  }
  return {};
}

}  // namespace nepho::event
