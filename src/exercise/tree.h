// Trees of values: what a template is and what it is expanded to. They are YAML nodes, so that what
// stands in a file and what goes into a record is one kind of thing.
#pragma once

#include <string>
#include <string_view>

#include "text/yaml.h"

namespace nepho::exercise {

using Tree = text::YamlNode;

// A string; and a number, a boolean or null, whose text is its JSON.
Tree text_tree(std::string text);
Tree plain_tree(std::string text);
// A mapping without members.
Tree mapping_tree();

// Puts `overlay` over `base`: mappings are joined key by key, in the order of `base`, new keys
// behind; everything else takes the place of what was there. A mapping with a directive ("$json")
// and one without are not joined. "$absent" as a value takes the key away.
// Recurses as deep as the trees, which text/yaml.h bounds.
void lay_over(Tree& base, const Tree& overlay);

// The value at "a.b.0" below `root` (keys without dots, and positions in sequences), or nullptr.
const Tree* at_path(const Tree& root, std::string_view path);

// How many nodes the tree has, itself counted.
std::size_t num_nodes(const Tree& tree);

}  // namespace nepho::exercise
