#include "evidence/fingerprint.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/hash.h"

namespace nepho::evidence {

std::string fingerprint(std::span<const std::string> parts) {
  if (parts.empty()) return {};
  // With its length in front, so that "a","bc" and "ab","c" stay apart.
  std::string joined;
  for (const std::string_view part : std::set<std::string_view>(parts.begin(), parts.end())) {
    joined += std::to_string(part.size()) + ':';
    joined += part;
  }
  return to_hex(hash128(joined));
}

}  // namespace nepho::evidence
