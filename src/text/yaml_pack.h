// YAML that was read before: trees as bytes, which give the trees back without a parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/result.h"
#include "text/yaml.h"

namespace nepho::text {

// The documents of a file as bytes, places included. They mean something to unpack_yaml() of the
// same build only.
std::string pack_yaml(const std::vector<YamlNode>& documents);

// The trees that pack_yaml() took; nothing for bytes that it did not write whole. Cost: about a
// tenth of parse_yaml_stream()'s for the text.
std::optional<std::vector<YamlNode>> unpack_yaml(std::string_view bytes);

// parse_yaml_stream() and parse_yaml() of a file of knowledge. What was compiled in was read when
// the program was built.
YamlStream read_yaml_stream(const KnowledgeFile& file);
Result<YamlNode> read_yaml(const KnowledgeFile& file);

}  // namespace nepho::text
