// The shape of a record: which members it has, and of which JSON types. For holding records that we
// make up beside real ones.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"

namespace nepho::tests {

// Path -> the types that stand there; "a.b[].c" passes through an array. A boolean is one type,
// whatever it says.
using Paths = std::map<std::string, std::set<text::JsonType>>;

// Adds every path below `value`, which is at `at` itself. Of maps whose keys are names of
// somebody's things (`as_a_whole`: the last part of their path) only the map.
void add_paths(const text::JsonValue& value, const std::string& at,
               const std::set<std::string_view>& as_a_whole, Paths& paths);
// The same of the member itself, too.
void add_member(const text::JsonValue& member, const std::set<std::string_view>& as_a_whole,
                Paths& paths);

// How much of `real` is in `made`, 0..1, and what is not.
double share_of(const Paths& real, const Paths& made, std::vector<std::string>& missing);

}  // namespace nepho::tests
