// Coverage as Navigator layers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "coverage/coverage.h"
#include "navigator/layer.h"

namespace nepho::navigator {

// One provider's cells, as the Navigator 5.x and mitreattack-python show them without surprise:
// whole scores from 0 to 100 by state, with an opaque colour and a legend; no filter (it would
// hide the sub-techniques of parents outside the cloud) but everything out of scope switched off
// and hidden; no tactic, as a state is the same in each; where it comes from in metadata.
//
// `catalogue` is the one that the coverage was assessed with. The provider must be one of its.
Layer to_layer(const coverage::Coverage& coverage, const attack::Catalogue& catalogue,
               std::string_view provider);
// The weakest provider for each technique, all of them in its metadata.
Layer to_combined_layer(const coverage::Coverage& coverage, const attack::Catalogue& catalogue);

}  // namespace nepho::navigator
