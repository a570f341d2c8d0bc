// Field names with selectors for the elements of arrays: `items[any].toPort`, `args[-1]`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "base/result.h"
#include "sigma/item.h"

namespace nepho::sigma {

// A path and what is selected of the array there. Only the last part of a field may have no
// selector: it is the path to the value within the element. A selector right behind another has the
// path ".", the element itself.
struct ArrayFieldPart {
  std::string path;
  std::optional<ArraySelector> selector = {};
};

// Splits `field`:
//
//   field    := part { "." part }
//   part     := name { selector }
//   selector := "[" ( "any" | "all" | "all_or_empty" | "none" | ["-"] digits ) "]"
//
// A name may hold brackets where no selector could stand ("a[b]c"), and anywhere as "\[" and
// "\]", which are unescaped here. Fails with kBadSelector, without a place: an unknown word in the
// brackets, an index beyond 18 digits, or no name in front.
Result<std::vector<ArrayFieldPart>> split_array_field(std::string_view field);

// The first selector in `field` ("[any]"), or "" where it has none: what a reader without array
// matching takes for a part of a name.
std::string first_selector(std::string_view field);

// The item that asks `body` of the elements of the arrays at `parts`, all of which have a selector
// and of which there is at least one. The selector of the body is set here; `place` is that of
// the key.
Item put_into_arrays(std::vector<ArrayFieldPart> parts, ArrayTest body, const Place& place);

}  // namespace nepho::sigma
