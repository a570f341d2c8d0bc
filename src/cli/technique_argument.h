// The technique that a command was given.
#pragma once

#include "attack/catalogue.h"
#include "attack/id.h"
#include "base/result.h"
#include "cli/session.h"

namespace nepho::cli {

inline constexpr ErrorCode kBadTechnique{"cli.bad_technique"};

// The positional TECHNIQUE as this version of ATT&CK has it: of a retired id its successor, with a
// note. What is no id, or of no active technique, is an error.
Result<attack::TechniqueId> wanted_technique(Session& session, const attack::Catalogue& catalogue);

}  // namespace nepho::cli
