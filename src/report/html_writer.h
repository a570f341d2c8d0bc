// Writes HTML that is well-formed and escaped by construction: text goes in as text, attributes as
// attributes, and every element that was opened is closed in order.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nepho::report {

// Element and attribute names are ours; texts and attribute values may be anybody's. URLs, styles
// and event handlers must not come from others: no escaping makes those safe.
class HtmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // An attribute with an empty value is written as a flag ("checked").
  HtmlWriter& open(std::string_view tag, Attributes attributes = {});
  HtmlWriter& text(std::string_view content);
  HtmlWriter& close();
  // open, text and close in one.
  HtmlWriter& element(std::string_view tag, Attributes attributes, std::string_view content);
  HtmlWriter& element(std::string_view tag, std::string_view content) {
    return element(tag, {}, content);
  }
  // An element that has no content and no end tag (meta, input).
  HtmlWriter& lone(std::string_view tag, Attributes attributes);
  // Markup or style that we wrote ourselves.
  HtmlWriter& verbatim(std::string_view markup);

  // The finished text; all elements must be closed (CHECK).
  std::string take();

 private:
  void begin(std::string_view tag, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace nepho::report
