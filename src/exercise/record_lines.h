// Records of a file by the lines they begin on.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace nepho::exercise {

// The records of `file`, in any form and packing that `detect` reads, that begin on one of `lines`
// (1-based; none: all), in their order. At most 64 MiB of them.
Result<std::vector<std::string>> records_on_lines(const std::string& file,
                                                  const std::set<std::uint64_t>& lines);

}  // namespace nepho::exercise
