// Reading a whole bundle from a file that may be packed.
#pragma once

#include <cstddef>
#include <string>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::attack {

// The bytes of `path` ("-" is standard input), gzip and zstd unpacked. Fails when it cannot be
// read, is truncated or corrupt, or is larger than the limit for bundles.
Result<std::string> read_bundle_file(const std::string& path,
                                     const Limits& limits = kDefaultLimits);

}  // namespace nepho::attack
