// How rules are read in this session.
#pragma once

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "sigma/load.h"

namespace nepho::cli {

// The workspace's placeholders and way with filters, with the file of --placeholders laid over
// them; the command must declare that option. Array matching where --array-matching is given. Fails
// when one of the two cannot be read.
Result<sigma::LoadOptions> rule_options(Session& session);

// --array-matching, which rule_options() looks for: of every command that takes the user's rules.
Option array_matching_option();

// The lists of an organisation that does not exist (knowledge/intel/organisation.yml), with those
// of --placeholders over them: what procedures are played in outside a workspace, and what stands
// in for rules' placeholders then. Empty in a workspace, which has its own.
Result<sigma::Placeholders> invented_organisation(Session& session);

}  // namespace nepho::cli
