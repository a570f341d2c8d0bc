// A name for what a rule tests, to know by whether it has changed.
#pragma once

#include <string>

#include "sigma/rule.h"

namespace nepho::sigma {

// 32 hexadecimal digits over all that decides whether the rule fires: its logsource, its condition
// with the selections, filters and placeholders put in place, and every test in it. Titles, tags,
// levels, the file, the names of selections and where a line stands do not count; so evidence
// outlives a retyped description and a renamed file, and not a changed value. Of a correlation it
// covers the rules it refers to, as they were linked.
//
// The same in every run and on every machine. Equal digests mean equal tests, but for collisions of
// a 128-bit hash (not for secrets). Never fails. O(the rule).
std::string digest_of(const Rule& rule);

}  // namespace nepho::sigma
