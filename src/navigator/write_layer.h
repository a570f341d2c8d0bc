// Writing layers in format 4.5.
#pragma once

#include <span>
#include <string>

#include "navigator/layer.h"

namespace nepho::navigator {

// `layer` as JSON. Every field that differs from the Navigator's default is written, and the ones
// on whose default its specification and its code disagree (selectSubtechniquesWithParent) always;
// a technique's tactic only when it has one: `"tactic": ""` raises an alert in the Navigator.
// read_layers() of the text gives `layer` again, its format version apart (always 4.5).
std::string to_json(const Layer& layer);
// One layer as an object, several as a list (the Navigator opens both, ten layers at most).
std::string to_json(std::span<const Layer> layers);

}  // namespace nepho::navigator
