#include "cli/page.h"

#include "cli/version.h"
#include "report/html.h"
#include "report/page.h"
#include "report/page_data.h"

namespace nepho::cli {
namespace {

// A faulty nephometer.yml has been reported by whoever assessed; a page can do without its name.
report::PageOptions options_of(Session& session, report::Audience audience) {
  report::PageOptions options{
      .organisation = {}, .program_version = std::string(program_version()), .audience = audience};
  const auto workspace = session.workspace();
  if (workspace && *workspace != nullptr) options.organisation = (*workspace)->organisation.name;
  return options;
}

}  // namespace

std::string coverage_page(Session& session, const Assessed& assessed, report::Audience audience) {
  const coverage::Coverage& coverage = assessed.coverage;
  const report::PageOptions options = options_of(session, audience);
  const std::string_view built = report::built_page(session.knowledge());
  if (!built.empty()) {
    auto page = report::lay_in(
        built, report::page_json(coverage, options, {assessed.evidence, assessed.procedures}));
    if (page) return std::move(*page);
    session.messages().note(page.error().message);
  }
  session.messages().note(
      "this program was built without the page of web/ (Node.js and npm build it); this is the "
      "plain page");
  return report::to_html(coverage, options);
}

}  // namespace nepho::cli
