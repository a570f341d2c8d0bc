// A tabletop as JSON, for who lays it out otherwise.
#pragma once

#include <string>

#include "report/tabletop.h"

namespace nepho::report {

// One document with a line end, as docs/schemas/tabletop.json says. Records are texts as they are:
// whoever shows them escapes them.
std::string tabletop_json(const TabletopPage& page);

}  // namespace nepho::report
