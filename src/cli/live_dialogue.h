// Asking a person, attack by attack, when it was carried out and what came of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "exercise/live_plan.h"
#include "exercise/statements.h"

namespace nepho::cli {

// Shows the text and gives what was typed; nothing where the input ended.
using Ask = std::function<std::optional<std::string>(std::string_view)>;

// What to run for one attack, under a line that says which it is.
std::string script_of(const exercise::PlannedPlay& play, std::size_t number, std::size_t count);

// Shows each attack through `ask`, waits until it was carried out, and asks for its outcome. "s"
// passes one over, "q" or the end of the input ends: what is left was not played. An answer that is
// no outcome is asked for again; an empty one is "played", for whoever has the alerts later.
std::vector<exercise::StatedPlay> ask_outcomes(const exercise::LivePlan& plan, const Clock& clock,
                                               const Ask& ask);

}  // namespace nepho::cli
