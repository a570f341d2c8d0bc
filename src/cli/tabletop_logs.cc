#include "cli/tabletop_logs.h"

#include <fmt/format.h>

#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

// "AWS CloudTrail", of a part of it "AWS CloudTrail, s3_data".
std::string title_of(const event::LogSources& sources, const std::string& id) {
  if (const event::LogSource* source = sources.find(id)) return source->title;
  const std::size_t dot = id.rfind('.');
  if (dot == std::string::npos) return id;
  const event::LogSource* whole = sources.find(id.substr(0, dot));
  return whole == nullptr ? id : whole->title + ", " + id.substr(dot + 1);
}

std::string span_text(std::chrono::seconds span) {
  constexpr std::int64_t kMinute = 60;
  return span.count() < 2 * kMinute ? fmt::format("{} seconds", span.count())
                                    : fmt::format("{} minutes", span.count() / kMinute);
}

report::TabletopLog log_of(const event::LogSources& sources, const workspace::Workspace* workspace,
                           const std::string& id) {
  report::TabletopLog log{.id = id, .title = title_of(sources, id)};
  if (workspace == nullptr || workspace->log_sources.empty()) {
    log.state = workspace == nullptr ? "taken to arrive, as there is no workspace"
                                     : "taken to arrive, as nephometer.yml lists no log sources";
    return log;
  }
  const workspace::LogSourceUse* use = workspace->find_log_source(id);
  log.is_on = use != nullptr && use->coverage > 0;
  if (!log.is_on) {
    log.state = use == nullptr ? "not among the log sources of nephometer.yml"
                               : "its coverage is 0 in nephometer.yml";
    return log;
  }
  log.state = use->coverage >= 1
                  ? "arrives from all accounts"
                  : fmt::format("arrives from {:.0f} of 100 accounts", 100 * use->coverage);
  if (use->latency) log.state += ", after up to " + span_text(*use->latency);
  return log;
}

}  // namespace

Result<std::vector<report::TabletopLog>> tabletop_logs(Session& session,
                                                       const std::set<std::string>& told,
                                                       const std::set<std::string>& others) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  std::vector<report::TabletopLog> logs;
  for (const std::string& id : told) {
    logs.push_back(log_of(session.log_sources(), *workspace, id));
  }
  for (const std::string& id : others) {
    if (told.contains(id)) continue;
    report::TabletopLog log = log_of(session.log_sources(), *workspace, id);
    if (!log.is_on) logs.push_back(std::move(log));
  }
  return logs;
}

}  // namespace nepho::cli
