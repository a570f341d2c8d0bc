// XML as a tree of elements with places: for rule files, which are small.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::text {

inline constexpr ErrorCode kXmlSyntax{"xml.syntax"};
inline constexpr ErrorCode kXmlTooDeep{"xml.too_deep"};
inline constexpr ErrorCode kXmlTooLarge{"xml.too_large"};

// A plain value. Comments and processing instructions are passed over.
struct XmlElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::string text;      // all character data directly inside, joined
  std::size_t line = 0;  // 1-based; of its name
  std::size_t column = 0;

  // The attribute's value, or "".
  std::string_view attribute(std::string_view key) const;
  // The first child of this name, or nullptr.
  const XmlElement* find(std::string_view child) const;
  // The text of the first child of this name without white space around it, or "".
  std::string_view text_of(std::string_view child) const;
};

// The elements at the top of `text`: there may be several, as in files that are put into another.
// The five entities of XML and character references are resolved, others stay as written: nothing
// can grow. Held to `max_rule_bytes`, and nesting and elements to `max_yaml_depth` and
// `max_yaml_nodes`. An error has its place.
Result<std::vector<XmlElement>> parse_xml(std::string_view text, const std::string& file,
                                          const Limits& limits = kDefaultLimits);

}  // namespace nepho::text
