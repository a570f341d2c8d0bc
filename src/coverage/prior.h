// What is thought of a rule before it was tested.
#pragma once

#include <string_view>

#include "coverage/model.h"
#include "coverage/proof.h"
#include "coverage/sift.h"

namespace nepho::coverage {

// Base, robustness, specificity and their product of a rule in a cell; the posterior is the prior
// with its weight, no trial counted yet. Base and weight are the refit's where it has them for the
// rule's log source and status, else the model's. `has_matched`: its condition was
// seen to hold on events of one of the cell's procedures, so it is specific for certain.
RuleProof prior_of(const RuleInCell& rule, bool has_matched, const CellInputs& inputs);

// The lower bound of a posterior, never above its mean. The model's quantile may be: with little
// weight on one side a Beta's mass lies at its end.
double lower_bound(const Beta& posterior, const Model& model);

}  // namespace nepho::coverage
