#include "cli/detect_state.h"

#include <filesystem>
#include <map>
#include <string>

#include "base/files.h"
#include "base/hash.h"
#include "cli/collected_logs.h"
#include "detect/correlator.h"
#include "text/timestamp.h"
#include "workspace/fired.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

// By log source; of those that are not known, none.
std::map<std::string, Instant, std::less<>> newest_events(const plan::Plan& plan,
                                                          const stream::RunResult& result) {
  std::map<std::string, Instant, std::less<>> newest;
  const auto& last = result.counters.last_by_source;
  for (std::size_t i = 0; i < last.size(); ++i) {
    const event::LogSource* source = plan.sources()[i]->source;
    if (source != nullptr && last[i]) newest[source->id] = *last[i];
  }
  return newest;
}

}  // namespace

Result<detect::CorrelationState> read_state(const Session& session) {
  const auto file = session.arguments().value("--state");
  std::error_code unreadable;  // reading it will say why
  if (!file ||
      std::filesystem::status(*file, unreadable).type() == std::filesystem::file_type::not_found)
    return detect::CorrelationState{};
  const auto bytes = read_file(*file, kDefaultLimits.max_state_bytes);
  if (!bytes) return std::unexpected(bytes.error());
  return detect::read_state(*bytes, *file);
}

Result<void> check_state(const Session& session, const plan::Plan& plan, const Limits& limits,
                         const detect::CorrelationState& state) {
  if (state.correlations.empty()) return {};
  detect::Correlator correlator(plan.correlations(), limits, state.hash_key);
  auto restored = detect::restore(state, plan.rules(), correlator);
  if (!restored) restored.error().place.file = session.arguments().value_or("--state", "");
  return restored;
}

Result<void> keep_state(Session& session, const stream::RunResult& result,
                        const detect::CorrelationState& state) {
  const auto file = session.arguments().value("--state");
  if (!file) return {};
  if (result.was_stopped || !result.correlation.is_complete) {
    session.messages().note("the state stays as it was: this run did not come to its end");
    return {};
  }
  return write_file(*file, detect::write_state(state));
}

Result<void> keep_fired(Session& session, const plan::Plan& plan, const stream::RunResult& result) {
  const auto workspace = session.workspace();
  if (!workspace || *workspace == nullptr) return {};
  workspace::Fired fired;
  const auto text_of = [](const std::optional<Instant>& time) {
    return time ? text::to_rfc3339(*time) : std::string();
  };
  fired.time = text::to_rfc3339(session.as_of());
  fired.num_events = result.counters.events;
  fired.first_event_time = text_of(result.counters.first_time);
  fired.last_event_time = text_of(result.counters.last_time);
  for (const sigma::Rule& rule : plan.rules()) {
    const auto content = read_file(rule.place.file, kDefaultLimits.max_document_bytes);
    fired.rules.push_back({rule.id.value,
                           workspace::kept_path((*workspace)->folder, rule.place.file),
                           content ? "xxh3:" + to_hex(hash128(*content)) : "", 0, ""});
  }
  for (const detect::Finding& finding : result.findings) {
    fired.rules[finding.match.rule].count += finding.count;
    fired.rules[finding.match.rule].last_time = text_of(finding.match.time);
  }
  // What earlier runs saw of log sources stays. A file that is none of ours is written anew.
  if (const auto before = workspace::read_fired((*workspace)->folder)) {
    fired.log_sources = before->log_sources;
  }
  workspace::look_at(fired.log_sources, newest_events(plan, result), session.as_of(),
                     normal_silences(session, **workspace));
  return workspace::write_fired((*workspace)->folder, std::move(fired));
}

}  // namespace nepho::cli
