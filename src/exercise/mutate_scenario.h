// Attacks carried out by another call or another caller: played anew, since what the provider logs
// of them differs in more than one field.
#pragma once

#include <optional>

#include "exercise/mutation.h"
#include "exercise/step.h"

namespace nepho::exercise {

// The scenario with every call that the variant is of replaced; nothing where there is none. What a
// step says of its own call (request, answer) is not said of the other one but for what the variant
// keeps; errors, callers, times and places stay.
std::optional<Scenario> with_other_call(const Scenario& scenario, const CallVariant& variant,
                                        const ProviderOperations& provider);

// The same with the caller. He comes from where the one before came from, with the same client.
std::optional<Scenario> with_other_caller(const Scenario& scenario, const CallerVariant& variant,
                                          const ProviderOperations& provider);

}  // namespace nepho::exercise
