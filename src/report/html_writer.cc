#include "report/html_writer.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "text/escape.h"

namespace nepho::report {
namespace {

// A line end before these costs nothing (white space between blocks is not shown) and lets people
// read and compare pages.
constexpr std::array<std::string_view, 12> kBlocks{"head",    "body", "main", "section",
                                                   "header",  "div",  "ul",   "tr",
                                                   "details", "li",   "meta", "footer"};

}  // namespace

void HtmlWriter::begin(std::string_view tag, Attributes attributes) {
  if (std::ranges::find(kBlocks, tag) != kBlocks.end()) out_ += '\n';
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    if (!value.empty()) out_ += "=\"" + text::html_attribute(value) + '"';
  }
  out_ += '>';
}

HtmlWriter& HtmlWriter::open(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  open_.emplace_back(tag);
  return *this;
}

HtmlWriter& HtmlWriter::text(std::string_view content) {
  out_ += text::html_text(content);
  return *this;
}

HtmlWriter& HtmlWriter::close() {
  CHECK(!open_.empty());
  out_ += "</" + open_.back() + '>';
  open_.pop_back();
  return *this;
}

HtmlWriter& HtmlWriter::element(std::string_view tag, Attributes attributes,
                                std::string_view content) {
  return open(tag, attributes).text(content).close();
}

HtmlWriter& HtmlWriter::lone(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  return *this;
}

// The one way past the encoder; a reader who looks for injections looks for its callers.
HtmlWriter& HtmlWriter::verbatim(std::string_view markup) {
  out_ += markup;
  return *this;
}

std::string HtmlWriter::take() {
  CHECK(open_.empty());
  return std::move(out_);
}

}  // namespace nepho::report
