#include "cli/collected_logs.h"

#include <fmt/format.h>

#include "base/printable.h"
#include "coverage/silence.h"
#include "event/log_source.h"
#include "text/timestamp.h"
#include "workspace/fired.h"

namespace nepho::cli {
namespace {

// "aws.cloudtrail.s3_data" is part of "aws.cloudtrail", as which its records are known.
bool is_part_of(std::string_view part, std::string_view whole) {
  return part.starts_with(whole) && (part.size() == whole.size() || part[whole.size()] == '.');
}

// Darkens what fell silent, and the parts of it. What nobody has looked at for so long that it may
// have fallen silent since is taken to arrive, which is said.
Result<void> darken(Session& session, const workspace::Workspace& workspace,
                    coverage::LogSourceUses& uses, std::vector<std::string>& assumptions) {
  const auto fired = workspace::read_fired(workspace.folder);
  if (!fired) return std::unexpected(fired.error());
  const workspace::Silences silences = normal_silences(session, workspace);
  for (const auto& [id, seen] : fired->log_sources) {
    const auto silence = silences.find(id);
    if (silence == silences.end()) continue;
    const std::string dark =
        coverage::why_dark(id, {seen.last_event, seen.looked_at, silence->second}, session.as_of());
    const auto whole = uses.find(id);
    const bool is_enabled = whole != uses.end() && whole->second.enabled;
    if (is_enabled && dark.empty() && session.as_of() - seen.looked_at > silence->second) {
      assumptions.push_back(
          fmt::format("{} is taken to arrive still: 'nepho detect' last looked at it at {}",
                      escape_for_log(id), text::to_rfc3339(seen.looked_at)));
    }
    for (auto& [part, use] : uses) {
      if (is_part_of(part, id)) use.dark = dark;
    }
  }
  return {};
}

}  // namespace

Result<coverage::LogSourceUses> collected_logs(Session& session,
                                               const workspace::Workspace* workspace,
                                               std::vector<std::string>& assumptions) {
  coverage::LogSourceUses uses;
  const bool assumes_all = workspace == nullptr || workspace->log_sources.empty();
  for (const event::LogSource& source : session.log_sources().all()) {
    if (source.provider.empty()) continue;
    uses[source.id] = {.provider = source.provider, .enabled = assumes_all};
  }
  if (assumes_all) {
    assumptions.emplace_back(
        workspace == nullptr
            ? "no workspace lists log sources, so all known ones are taken to arrive"
            : "the workspace lists no log sources, so all known ones are taken to arrive");
  }
  if (workspace == nullptr) return uses;
  for (const workspace::LogSourceUse& use : workspace->log_sources) {
    // Of one that is not known its provider leads its id.
    uses[use.id] = {.provider = use.id.substr(0, use.id.find('.')),
                    .enabled = use.coverage > 0,
                    .share = use.coverage};
  }
  if (auto darkened = darken(session, *workspace, uses, assumptions); !darkened) {
    return std::unexpected(darkened.error());
  }
  return uses;
}

workspace::Silences normal_silences(Session& session, const workspace::Workspace& workspace) {
  workspace::Silences silences;
  for (const event::LogSource& source : session.log_sources().all()) {
    const workspace::LogSourceUse* use = workspace.find_log_source(source.id);
    auto silence = source.silence;
    if (use != nullptr && use->silence) silence = use->silence;
    if (!silence) continue;
    silences[source.id] =
        *silence +
        (use == nullptr ? std::chrono::seconds(0) : use->latency.value_or(std::chrono::seconds(0)));
  }
  return silences;
}

}  // namespace nepho::cli
