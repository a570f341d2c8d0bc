// One hash for several things that evidence depends on.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>

namespace nepho::evidence {

// Names the set of `parts`, of which order and repetition do not matter: the schemas' digests of a
// procedure's log sources as Evidence::schema_hash. Two sets have the same fingerprint only if they
// are equal, but for collisions of a 128-bit hash (not for secrets: whoever writes the parts is
// trusted). Empty for no parts, which means "not known"; one part has a fingerprint of its own.
std::string fingerprint(std::span<const std::string> parts);

// Digests of log sources' schemas by the sources' ids.
using SchemaDigests = std::map<std::string, std::string, std::less<>>;

// Evidence::schema_hash of a play that these log sources show. A part of a source has the source's
// schema ("aws.cloudtrail.s3_data" that of "aws.cloudtrail"); a source without a digest is left
// out; empty when none has one.
std::string schema_hash(const SchemaDigests& digests, std::span<const std::string> log_sources);

}  // namespace nepho::evidence
