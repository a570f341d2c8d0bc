#include "report/page.h"

namespace nepho::report {
namespace {

// As web/index.html has them: the element, and what stands in it until there is data.
constexpr std::string_view kPlace = R"(<script type="application/json" id="nephometer-data">null)";
constexpr std::string_view kNoData = "null";

}  // namespace

std::string_view built_page(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find("web/page.html");
  return file == nullptr ? std::string_view() : file->content;
}

Result<std::string> lay_in(std::string_view page, std::string_view json) {
  const std::size_t place = page.find(kPlace);
  if (place == std::string_view::npos) {
    return fail(kBadPage, "the page has no place for its data");
  }
  const std::size_t begin = place + kPlace.size() - kNoData.size();
  std::string out;
  out.reserve(page.size() + json.size() + json.size() / 16);
  out += page.substr(0, begin);
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  out += page.substr(begin + kNoData.size());
  return out;
}

}  // namespace nepho::report
