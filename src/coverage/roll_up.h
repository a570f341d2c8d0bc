// From sub-techniques to their parent.
#pragma once

#include "coverage/coverage.h"
#include "coverage/model.h"

namespace nepho::coverage {

// Gives every cell its state, and every parent the numbers of its parts: those of its
// sub-techniques on the same provider that apply (where none is known to, those that may), and its
// own procedures where it has any. The parts weigh the same. A technique without parts keeps its
// own numbers. Call once, when every cell has its own proof. O(cells).
void roll_up(Coverage& coverage, const Model& model);

}  // namespace nepho::coverage
