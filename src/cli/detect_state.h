// What nepho detect keeps from one run to the next.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "cli/session.h"
#include "detect/correlation_state.h"
#include "plan/plan.h"
#include "stream/run.h"

namespace nepho::cli {

// The state that --state names; one without a past where there is no such file yet.
Result<detect::CorrelationState> read_state(const Session& session);

// What only the rules can tell of a state, which the run would find out at its end.
Result<void> check_state(const Session& session, const plan::Plan& plan, const Limits& limits,
                         const detect::CorrelationState& state);

// To be called last of all, so that whoever got no findings keeps the state they belong to. A run
// that did not come to its end leaves it as it was, and says so.
Result<void> keep_state(Session& session, const stream::RunResult& result,
                        const detect::CorrelationState& state);

// Keeps in the workspace, where there is one, how often each rule fired and when each log source
// was last seen, for coverage to show.
Result<void> keep_fired(Session& session, const plan::Plan& plan, const stream::RunResult& result);

}  // namespace nepho::cli
