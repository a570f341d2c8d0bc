// YAML as the JSON that says the same.
#pragma once

#include <string>

#include "text/yaml.h"

namespace nepho::text {

// Appends `node` as compact JSON on one line. Plain scalars are null, booleans and numbers by
// YAML's core schema; a number that JSON cannot write (hexadecimal, infinity) is a string, as are
// times.
void append_json(const YamlNode& node, std::string& out);
std::string json_of_yaml(const YamlNode& node);

}  // namespace nepho::text
