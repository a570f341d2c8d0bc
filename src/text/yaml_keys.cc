#include "text/yaml_keys.h"

#include <algorithm>
#include <span>

#include "base/printable.h"
#include "text/nearest.h"

namespace nepho::text {

Result<void> expect_keys(const YamlNode& mapping, std::initializer_list<std::string_view> known,
                         const std::string& file) {
  if (!mapping.is_mapping()) {
    return fail(kYamlWrongKind, "expected a mapping (key: value)", mapping.place(file));
  }
  for (const auto& [key, value] : mapping.members) {
    if (std::ranges::find(known, key.text) != known.end()) continue;
    return fail(kYamlUnknownKey, "unknown key: " + escape_for_log(key.text), key.place(file),
                did_you_mean(key.text, std::span(known.begin(), known.size())));
  }
  return {};
}

}  // namespace nepho::text
