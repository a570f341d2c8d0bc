// Field paths in trees that are to be changed. What a path means is defined in event/field_path.h:
// dots lead downwards, keys may hold dots themselves, arrays are passed through.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "exercise/tree.h"

namespace nepho::exercise {

// Called with a mapping and the position of the member that the path ends at. It may take that
// member away or put another in its place, and must leave the others of the mapping alone.
using VisitMember = std::function<void(Tree& mapping, std::size_t member)>;

// Visits every member at `path`, in the order of the tree. Texts that hold JSON are not opened.
// Recurses as deep as the tree, which text/json.h bounds.
void each_member_at(Tree& root, std::string_view path, const VisitMember& visit);

// The first scalar at `path`, of an array its first; nullptr where there is none.
const Tree* first_scalar_at(const Tree& root, std::string_view path);

// Whether something stands at `path`, be it null.
bool has_value_at(const Tree& root, std::string_view path);

// Calls `visit` with each scalar of the tree, in its order. Recurses as above.
void each_scalar(Tree& root, const std::function<void(Tree&)>& visit);
void each_scalar(const Tree& root, const std::function<void(const Tree&)>& visit);

// Adds the paths at which the two differ, down to the deepest mapping that both have; no positions
// in arrays. Another order of members is no difference.
void add_differences(const Tree& before, const Tree& after, std::set<std::string>& paths);

// Whether one of two paths is the other, or leads to it.
bool is_on_one_way(std::string_view a, std::string_view b);

}  // namespace nepho::exercise
