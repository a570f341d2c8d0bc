// nepho validate --mutate: which changes of an attack the rules survive.
#pragma once

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"

namespace nepho::cli {

// Plays the procedures and their mutants against the rules, and writes what each rule survives. It
// proves nothing about an organisation, so nothing is kept.
Result<ExitCode> show_mutations(Session& session);

}  // namespace nepho::cli
