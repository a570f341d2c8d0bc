// A set of texts as one name: sorted, each once, each with its length in front, and hashed. The
// names are kept in databases, so neither the order of the steps nor the hash may ever change.
#include "evidence/fingerprint.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

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

std::string schema_hash(const SchemaDigests& digests, std::span<const std::string> log_sources) {
  std::vector<std::string> schemas;
  for (std::string_view id : log_sources) {
    auto found = digests.find(id);
    for (std::size_t dot = id.rfind('.'); found == digests.end() && dot != id.npos;
         dot = id.rfind('.')) {
      id = id.substr(0, dot);
      found = digests.find(id);
    }
    if (found != digests.end()) schemas.push_back(found->second);
  }
  return fingerprint(schemas);
}

}  // namespace nepho::evidence
