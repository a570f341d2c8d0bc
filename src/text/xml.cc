#include "text/xml.h"

#include <algorithm>
#include <pugixml.hpp>

namespace nepho::text {
namespace {

// Turns offsets, which only grow, into lines and columns.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  void place(std::size_t offset, XmlElement& element) {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
    element.line = line_;
    element.column = offset - line_start_ + 1;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

// What is left of the limits.
struct Room {
  std::size_t depth;
  std::size_t elements;
};

// As deep as the document, which `room` bounds. False where it does not reach.
bool convert_children(const pugi::xml_node& parent, Room& room, Lines& lines,
                      std::vector<XmlElement>& children, std::string& text) {
  if (room.depth == 0) return false;
  --room.depth;
  for (const pugi::xml_node& node : parent.children()) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) text += node.value();
    if (node.type() != pugi::node_element) continue;
    if (room.elements == 0) return false;
    --room.elements;
    XmlElement& element = children.emplace_back();
    element.name = node.name();
    lines.place(static_cast<std::size_t>(node.offset_debug()), element);
    for (const pugi::xml_attribute& attribute : node.attributes())
      element.attributes.emplace_back(attribute.name(), attribute.value());
    if (!convert_children(node, room, lines, element.children, element.text)) return false;
  }
  ++room.depth;
  return true;
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view key) const {
  const auto found = std::ranges::find(
      attributes, key, [](const auto& pair) -> std::string_view { return pair.first; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

const XmlElement* XmlElement::find(std::string_view child) const {
  const auto found = std::ranges::find(children, child, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::text_of(std::string_view child) const {
  const XmlElement* element = find(child);
  if (element == nullptr) return {};
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::string_view all = element->text;
  const std::size_t first = all.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return all.substr(first, all.find_last_not_of(kBlanks) - first + 1);
}

Result<std::vector<XmlElement>> parse_xml(std::string_view text, const std::string& file,
                                          const Limits& limits) {
  if (text.size() > limits.max_rule_bytes)
    return fail(kXmlTooLarge, "the document is too large", {.file = file});
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
  if (!parsed) {
    XmlElement at;
    Lines(text).place(static_cast<std::size_t>(parsed.offset), at);
    return fail(kXmlSyntax, parsed.description(),
                {.file = file, .line = at.line, .column = at.column});
  }
  std::vector<XmlElement> elements;
  std::string outside;
  Lines lines(text);
  Room room{.depth = limits.max_yaml_depth, .elements = limits.max_yaml_nodes};
  if (!convert_children(document, room, lines, elements, outside))
    return fail(room.depth == 0 ? kXmlTooDeep : kXmlTooLarge,
                room.depth == 0 ? "the document is nested too deeply"
                                : "the document has too many elements",
                {.file = file});
  return elements;
}

}  // namespace nepho::text
