// Changes of order: of the values in a list, and of the steps of an attack.
#pragma once

#include "event/log_source.h"
#include "exercise/played.h"

namespace nepho::exercise {

// Turns round every list below the fields of the edit (kReverse). Not of lines.
void reverse_lists(const Edit& edit, Played& played);

// Does the steps of the attack in another order (edit.kind kOrder): the last first, as far as that
// can be. A step waits for those before it that gave what it needs: its request or its caller holds
// a text of their answer, or they change something that it names too. So does one that comes after
// a pause of an hour. The times stay where they are: the records take them from each other.
// `source` says where they stand.
//
// Attacks with more than 200 steps are left as they are: to turn a burst round changes nothing.
void reorder_steps(const Edit& edit, const event::LogSource& source, Played& played);

}  // namespace nepho::exercise
