#include "cli/telemetry.h"

#include <algorithm>

#include "base/files.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};

// The rows that --provider and --technique leave.
void keep_wanted(const Arguments& arguments, std::vector<exercise::LabelledLines>& cases) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  const auto& providers = arguments.values("--provider");
  const auto& techniques = arguments.values("--technique");
  std::erase_if(cases, [&](const exercise::LabelledLines& row) {
    if (!providers.empty() && !has(providers, row.provider)) return true;
    return !techniques.empty() && std::ranges::none_of(row.techniques, [&](const auto& id) {
      return has(techniques, id) || has(techniques, id.substr(0, id.find('.')));
    });
  });
}

}  // namespace

Result<Telemetry> read_telemetry(Session& session) {
  const auto folder = session.arguments().value("--telemetry");
  const auto file = session.arguments().value("--cases");
  if (!folder || !file) {
    return fail(kUsageError, "--telemetry FOLDER and --cases FILE belong together", {},
                "the cases say which lines of the folder's files are an attack");
  }
  const auto text = read_file(*file, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  LoadReport report;
  auto cases = exercise::parse_cases(*text, *file, report);
  session.report(report);
  keep_wanted(session.arguments(), cases);
  return Telemetry{std::string(*folder), std::string(*file), std::move(cases)};
}

exercise::AgreedTime agreed_time(const workspace::Workspace* workspace) {
  exercise::AgreedTime agreed;
  if (workspace == nullptr) return agreed;
  agreed.alert_within = workspace->alert_within;
  for (const workspace::LogSourceUse& use : workspace->log_sources) {
    if (use.latency) agreed.latency[use.id] = *use.latency;
  }
  return agreed;
}

}  // namespace nepho::cli
