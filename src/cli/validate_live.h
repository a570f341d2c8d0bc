// nepho validate --live: attacks that a person carries out on an estate of her own. The program
// says what to run and takes the outcome; it runs nothing and sends nothing anywhere.
#pragma once

#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "cli/validate_alerts.h"
#include "exercise/procedure.h"

namespace nepho::cli {

// --live, --plan, --outcome.
std::vector<Option> live_options();

// What live attacks came to, and the procedures that were asked for.
struct LiveOutcome {
  std::vector<exercise::Judgement> judgements;
  std::vector<exercise::Procedure> procedures;
  std::optional<AlertTally> tally;  // where --alerts was given
};

// The first call. On a terminal it shows each attack, waits until it was carried out, asks for the
// outcome and gives it. Elsewhere it prints what to run, writes the plan to --plan or into the
// workspace, and beside it a table of outcomes to fill in; then there is no outcome yet.
Result<std::optional<LiveOutcome>> start_live(Session& session);

// The second call: the plan, or the procedures named with --since, held against --outcome and
// --alerts.
Result<LiveOutcome> finish_live(Session& session);

}  // namespace nepho::cli
