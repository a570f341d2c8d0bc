// One hash for several things that evidence depends on.
#pragma once

#include <span>
#include <string>

namespace nepho::evidence {

// Names the set of `parts`, of which order and repetition do not matter: the schemas' digests of a
// procedure's log sources as Evidence::schema_hash. Two sets have the same fingerprint only if they
// are equal, but for collisions of a 128-bit hash (not for secrets: whoever writes the parts is
// trusted). Empty for no parts, which means "not known"; one part has a fingerprint of its own.
std::string fingerprint(std::span<const std::string> parts);

}  // namespace nepho::evidence
