#include "text/json_yaml.h"

namespace nepho::text {
namespace {

// Turns offsets, which only grow in the order of the document, into lines and columns.
class Converter {
 public:
  Converter(std::string_view text, std::size_t first_line) : text_(text), line_(first_line) {}

  YamlNode convert(const JsonValue& value) {
    YamlNode node;
    place(value.offset(), node);
    if (value.is_object()) {
      node.kind = YamlKind::kMapping;
      for (const JsonValue& child : value.children()) {
        YamlNode key;
        key.text = std::string(child.key());
        YamlNode member = convert(child);
        key.line = member.line;
        key.column = member.column;
        node.members.emplace_back(std::move(key), std::move(member));
      }
    } else if (value.is_array()) {
      node.kind = YamlKind::kSequence;
      for (const JsonValue& child : value.children()) node.items.push_back(convert(child));
    } else {
      node.is_plain = !value.is_string();
      node.text = std::string(value.text());
    }
    return node;
  }

 private:
  void place(std::size_t offset, YamlNode& node) {
    for (; at_ < offset; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
    node.line = line_;
    node.column = offset - line_start_ + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_;
  std::size_t line_start_ = 0;
};

}  // namespace

YamlNode yaml_of_json(const JsonDocument& document, std::size_t first_line) {
  return Converter(document.text(), first_line).convert(document.root());
}

}  // namespace nepho::text
