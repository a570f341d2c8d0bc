#include "cli/finding_output.h"

#include <string>

#include "cli/print.h"
#include "cli/version.h"
#include "report/finding_table.h"
#include "report/ocsf_finding.h"

namespace nepho::cli {
namespace {

// On a narrow terminal the places of findings would leave no room for the rest.
constexpr int kWidthForPlaces = 160;

void write_ocsf(Session& session, const report::FindingNames& names,
                const detect::Findings& findings, const attack::Catalogue& catalogue) {
  const report::OcsfWriter writer(names, catalogue, session.as_of(), program_version());
  std::string line;
  for (const detect::Finding& finding : findings) {
    line.clear();
    writer.append(finding, line);
    session.out().write(line);
  }
}

}  // namespace

void write_findings(Session& session, const report::FindingNames& names,
                    const detect::Findings& findings) {
  if (session.format() == "csv") return print(session, report::finding_rows(names, findings));
  if (session.format() == "ocsf")
    return write_ocsf(session, names, findings, *session.catalogue(attack::Detail::kMatrix));
  if (!session.format().ends_with("json")) {
    const bool with_places = session.terminal().width >= kWidthForPlaces;
    return print(session, report::findings_by_rule(names, findings, with_places));
  }
  const bool is_document = session.format() == "json";
  if (is_document) session.out().write("{\"schema\":\"nephometer/findings/1\",\"findings\":[\n");
  report::FindingWriter writer(names);
  std::string line;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    line = is_document && i != 0 ? "," : "";
    writer.append(findings[i], line);
    session.out().write(line);
  }
  if (is_document) session.out().write("]");
}

}  // namespace nepho::cli
