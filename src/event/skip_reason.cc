#include "event/skip_reason.h"

#include <array>

namespace nepho::event {

std::string_view to_string(SkipReason reason) {
  static constexpr std::array<std::string_view, kNumSkipReasons> kNames = {
      "malformed-json", "bad-utf8", "truncated", "too-large", "too-deep", "not-an-object"};
  return kNames[static_cast<std::size_t>(reason)];
}

}  // namespace nepho::event
