// A name for what is known of a log source's records, to know by whether it has changed.
#pragma once

#include <string>

#include "event/log_source.h"

namespace nepho::event {

// 32 hexadecimal digits over all that decides what a rule finds in a record: the schema, the
// aliases, the pivots and the strings that hold JSON. Titles and how the source is recognised do
// not count. The same in every run; not for secrets. O(the schema).
std::string schema_digest(const LogSource& source);

}  // namespace nepho::event
