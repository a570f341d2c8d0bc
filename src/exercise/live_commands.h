// What a person runs to carry a procedure out on an estate of her own. Only text: nothing here runs
// anything, and nothing is sent anywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "exercise/operations.h"
#include "exercise/procedure.h"

namespace nepho::exercise {

// Lines of a shell script. A plain value.
struct LiveCommands {
  // The technique of Stratus Red Team that carries the procedure out, where its references name
  // one; then the lines are Stratus's.
  std::string stratus;
  std::vector<std::string> lines;
  // Steps of the procedure, and those that became a command; the others are comments that say what
  // is to be done.
  std::size_t num_steps = 0;
  std::size_t num_derived = 0;
};

// Derived from the steps where that is honest: calls of AWS services whose log has the parameters
// under the names that the API has (iam, sts, kms, ...), of plain values, and what `kubectl` does
// by get, create and delete. What a play would draw is a variable that has to be set: the script
// ends where it is not. `run` is an id that calls bear in their user agent, so that alerts can be
// joined by it: Stratus's own, and the AWS command line's execution environment.
LiveCommands live_commands(const Procedure& procedure, const ProviderOperations& provider,
                           const std::string& run);

// The Stratus technique that one of the references names by its page or as "stratus:ID".
std::optional<std::string> stratus_technique(const std::vector<std::string>& references);

}  // namespace nepho::exercise
