#include "text/yaml_json.h"

#include "text/json_scalar.h"
#include "text/json_writer.h"

namespace nepho::text {
namespace {

void append_scalar(const YamlNode& node, std::string& out) {
  switch (node.type()) {
    case YamlType::kNull: out += "null"; return;
    case YamlType::kBoolean: out += *node.boolean() ? "true" : "false"; return;
    case YamlType::kInteger:
    case YamlType::kFloat:
      // YAML's numbers are more: leading zeros, a plus, a bare point.
      if (!is_json_number(node.text)) break;
      out += node.text;
      return;
    case YamlType::kString: break;
  }
  append_json_quoted(node.text, out);
}

}  // namespace

// As deep as the tree, which the reader of YAML bounds (Limits::max_yaml_depth).
void append_json(const YamlNode& node, std::string& out) {
  if (node.is_scalar()) return append_scalar(node, out);
  out += node.is_sequence() ? '[' : '{';
  bool is_first = true;
  const auto separate = [&] {
    if (!is_first) out += ',';
    is_first = false;
  };
  for (const YamlNode& item : node.items) {
    separate();
    append_json(item, out);
  }
  for (const auto& [key, value] : node.members) {
    separate();
    append_json_quoted(key.text, out);
    out += ':';
    append_json(value, out);
  }
  out += node.is_sequence() ? ']' : '}';
}

std::string json_of_yaml(const YamlNode& node) {
  std::string out;
  append_json(node, out);
  return out;
}

}  // namespace nepho::text
