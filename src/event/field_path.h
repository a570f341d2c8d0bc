// What a field name of a rule means in an event.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "event/field_part.h"
#include "text/json.h"

namespace nepho::event {

// What was read of strings that hold JSON. Values into it stay good while it lives and grows.
using InnerDocuments = std::vector<std::unique_ptr<text::JsonDocument>>;

// The values at `path` in `event`, in document order: the path is split at dots; at every object
// each dotted prefix is tried as a literal key too ("a.b.c" finds {"a.b":{"c":1}}); arrays are
// passed through, every element; a repeated key counts each time. The union of all hits counts. A
// hit that is an array is given as the array itself. Key names are compared byte for byte. A
// selector in the path (event/pivot.h) leads through the objects that it selects, kJsonMark from a
// string into the JSON that it holds, kPartMark from a string, number or boolean to what one of
// `parts` takes out of its text; none is part of a key, and a path that begins with one leads
// nowhere.
//
// This is the definition (engine.md, "field path"); the event path has its own way to the same
// values and is held against this one. At most `max_values` are given.
// What stands in strings is kept by `inner`, which must outlive the values; without one kJsonMark
// and kPartMark lead nowhere.
std::vector<text::JsonValue> resolve(const text::JsonValue& event, std::string_view path,
                                     std::size_t max_values = kDefaultLimits.max_values_per_field,
                                     InnerDocuments* inner = nullptr,
                                     std::span<const FieldPart> parts = {});

// `value`, or, when it is an array, its elements, arrays in it opened as well: the values that a
// test on one element looks at.
std::vector<text::JsonValue> elements_of(const text::JsonValue& value);

}  // namespace nepho::event
