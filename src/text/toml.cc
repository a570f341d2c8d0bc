// The library parses, this turns its tables into our nodes. It keeps members by name; their places
// give the order of the file back.
#include "text/toml.h"

// Results in place of exceptions, compiled here and nowhere else.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/printable.h"

namespace nepho::text {
namespace {

void place_at_source(YamlNode& node, const toml::source_region& source) {
  node.line = source.begin.line;
  node.column = source.begin.column;
}

std::string text_of(const toml::node& value) {
  if (const auto* text = value.as_string()) return text->get();
  if (const auto* flag = value.as_boolean()) return flag->get() ? "true" : "false";
  if (const auto* number = value.as_integer()) return std::to_string(number->get());
  std::ostringstream out;
  value.visit([&](const auto& typed) {
    if constexpr (toml::is_value<decltype(typed)>) out << typed.get();
  });
  return std::move(out).str();
}

YamlNode key_node(const toml::key& key) {
  YamlNode node;
  node.text = std::string(key.str());
  place_at_source(node, key.source());
  return node;
}

// As deep as the document, which `depth_left` bounds. False where it or `nodes_left` does not
// reach.
bool convert(const toml::node& value, std::size_t depth_left, std::size_t& nodes_left,
             YamlNode& node) {
  place_at_source(node, value.source());
  if (depth_left == 0 || nodes_left == 0) return false;
  --nodes_left;
  if (const toml::table* table = value.as_table()) {
    node.kind = YamlKind::kMapping;
    for (const auto& [key, member] : *table) {
      node.members.emplace_back(key_node(key), YamlNode());
      if (!convert(member, depth_left - 1, nodes_left, node.members.back().second)) return false;
    }
    std::ranges::sort(node.members, {}, [](const YamlNode::Member& member) {
      return std::pair(member.first.line, member.first.column);
    });
  } else if (const toml::array* array = value.as_array()) {
    node.kind = YamlKind::kSequence;
    for (const toml::node& item : *array) {
      node.items.emplace_back();
      if (!convert(item, depth_left - 1, nodes_left, node.items.back())) return false;
    }
  } else {
    node.is_plain = value.is_boolean() || value.is_number();
    node.text = text_of(value);
  }
  return true;
}

}  // namespace

Result<YamlNode> parse_toml(std::string_view text, const std::string& file, const Limits& limits) {
  if (text.size() > limits.max_rule_bytes)
    return fail(kTomlTooLarge, "the document is too large", {.file = file});
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return fail(
        kTomlSyntax, escape_for_log(error.description()),
        {.file = file, .line = error.source().begin.line, .column = error.source().begin.column});
  }
  YamlNode root;
  std::size_t nodes_left = limits.max_yaml_nodes;
  if (!convert(parsed.table(), limits.max_yaml_depth, nodes_left, root))
    return fail(
        nodes_left == 0 ? kTomlTooLarge : kTomlTooDeep,
        nodes_left == 0 ? "the document has too many values" : "the document is nested too deeply",
        {.file = file});
  return root;
}

}  // namespace nepho::text
