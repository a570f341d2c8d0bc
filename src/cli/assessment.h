// From the session to the coverage that `coverage` and `explain` show.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "coverage/coverage.h"
#include "evidence/evidence.h"
#include "evidence/fingerprint.h"
#include "evidence/procedure.h"

namespace nepho::cli {

// The options that say what is assessed: --rules, --pack, --placeholders.
std::vector<Option> assessment_options();
// --provider, for a command that may be narrowed to some providers.
Option provider_option();
// PATH: rules in place of the workspace's.
Positional rules_positional();

// The coverage with what was proven and could be, for who shows that too.
struct Assessed {
  coverage::Coverage coverage;
  std::vector<evidence::Evidence> evidence;
  std::vector<evidence::Procedure> procedures;
};

// Reads the workspace's rules, log sources and fired counts, or the rules at `paths` and of
// --rules, and assesses them on the providers named, else on the workspace's. Without a workspace
// those count that the rules are for, and all known log sources are taken to arrive; what was
// assumed stands in the result.
//
// Problems of rules are reported; an unknown provider is an error with a "did you mean".
Result<Assessed> assess_session(Session& session, std::vector<std::string> paths,
                                const std::vector<std::string>& providers);

// Of every log source that is known: evidence of another schema has expired.
evidence::SchemaDigests schema_digests(Session& session);

}  // namespace nepho::cli
