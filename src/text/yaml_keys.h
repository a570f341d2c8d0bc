// The strict reading of a YAML mapping: a key that nobody reads is a mistake of the writer's.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/yaml.h"

namespace nepho::text {

inline constexpr ErrorCode kYamlUnknownKey{"yaml.unknown_key"};
inline constexpr ErrorCode kYamlWrongKind{"yaml.wrong_kind"};

// Fails at the first key of `mapping` that is not `known`, with "did you mean"; and when the node
// is no mapping.
Result<void> expect_keys(const YamlNode& mapping, std::initializer_list<std::string_view> known,
                         const std::string& file);

}  // namespace nepho::text
