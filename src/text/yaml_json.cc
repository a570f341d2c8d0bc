#include "text/yaml_json.h"

#include "text/json_writer.h"

namespace nepho::text {
namespace {

// RFC 8259, section 6.
bool is_json_number(std::string_view text) {
  const auto digits = [&] {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool leads_with_zero = text.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (leads_with_zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

void write_scalar(const YamlNode& node, JsonWriter& json) {
  const YamlType type = node.type();
  if (type == YamlType::kNull) {
    json.null();
  } else if (type == YamlType::kBoolean && node.boolean()) {
    json.boolean(*node.boolean());
  } else if ((type == YamlType::kInteger || type == YamlType::kFloat) &&
             is_json_number(node.text)) {
    json.raw(node.text);
  } else {
    json.string(node.text);
  }
}

// As deep as the tree, which the reader of YAML bounds (Limits::max_yaml_depth).
void write(const YamlNode& node, JsonWriter& json) {
  if (node.is_sequence()) {
    json.begin_array();
    for (const auto& item : node.items) write(item, json);
    json.end_array();
  } else if (node.is_mapping()) {
    json.begin_object();
    for (const auto& [key, value] : node.members) {
      json.key(key.text);
      write(value, json);
    }
    json.end_object();
  } else {
    write_scalar(node, json);
  }
}

}  // namespace

std::string json_of_yaml(const YamlNode& node) {
  JsonWriter json;
  write(node, json);
  return json.take();
}

}  // namespace nepho::text
