// Arrays of names with their values, whose elements rules name as if they were fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/path_marks.h"

namespace nepho::event {

// {"Parameters":[{"Name":"ForwardTo","Value":"x@example.org"}]} is asked for as
// "Parameters.ForwardTo". Names are compared byte for byte and may hold dots and blanks.
struct Pivot {
  std::string array;               // the field path of the array
  std::string name;                // the key, in an element, of its name
  std::vector<std::string> value;  // where, in an element, its values are: "intValue", "boolValue"
  std::vector<std::string> also;   // what a rule has to name behind the element's name: "OldValue"

  // The paths that `path` stands for when it names an element, or a part of one
  // ("ModifiedProperties.Group.DisplayName.OldValue"): each with a selector in place of the name.
  // None when it lies elsewhere, or names a key that the elements themselves have
  // ("Parameters.Name").
  std::vector<std::string> paths_of(std::string_view path) const;
};

// A part of a field path that only an object passes whose member `key` is the string `name`. In
// the text of a path it stands between two kSelectorMark (path_marks.h), key and name told apart by
// a third.
struct Selector {
  std::string_view key;
  std::string_view name;
  std::string_view rest;  // what remains of the path behind it

  // The selector that `path` begins with. None: it begins with something else, or with a mark and
  // no whole selector, which nothing passes.
  static std::optional<Selector> begin_of(std::string_view path);
};
inline bool begins_with_selector(std::string_view path) { return path.starts_with(kSelectorMark); }

// Some services write each value as JSON text: True as "\"True\"". What stands between the quotes
// of such a string, when neither a quote nor a backslash does; rules mean that as well.
std::optional<std::string_view> unquoted(std::string_view text);
// The same of a string as a record has it between its quotes, escapes and all.
std::optional<std::string_view> unquoted_raw(std::string_view raw);

}  // namespace nepho::event
