// One value of a rule against one scalar of an event.
#pragma once

#include <string_view>

#include "sigma/value.h"
#include "text/json.h"

namespace nepho::plan {

// Whether `value` holds for a scalar of this type whose text (decoded, for a string) is `text`: the
// table of docs/sigma-semantics.md, row by row. Only what looks at one value alone: exists and
// fieldref, which do not, are false here.
bool scalar_holds(const sigma::Value& value, text::JsonType type, std::string_view text);

}  // namespace nepho::plan
