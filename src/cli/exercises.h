// The procedures that a command plays, and what they are played in.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "exercise/context.h"
#include "exercise/operations.h"
#include "exercise/procedure.h"

namespace nepho::cli {

// Options by which procedures are chosen (--technique, --provider) and played (--seed).
std::vector<Option> exercise_options();
Positional procedure_positional();

struct Exercises {
  exercise::Operations operations;
  std::vector<exercise::Procedure> procedures;  // those asked for, by id
};

// Reads knowledge/operations and knowledge/procedures, in the order of ids. Faulty files are
// reported.
Exercises load_all_exercises(Session& session);

// The same, and keeps the procedures that the arguments
// name; without any, all. An id, technique or provider that means none is an error with a "did you
// mean".
Result<Exercises> load_exercises(Session& session);

// The lists of the workspace that a play of this provider's procedures draws from; empty outside a
// workspace.
Result<exercise::Context> exercise_context(Session& session, std::string_view provider);

// --seed, else 1. Fails on what is no number.
Result<std::uint64_t> exercise_seed(const Session& session);

}  // namespace nepho::cli
