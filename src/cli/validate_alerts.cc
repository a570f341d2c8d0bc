#include "cli/validate_alerts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "alert/errors.h"
#include "alert/read.h"
#include "base/byte_source.h"
#include "base/compression.h"
#include "base/counted.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/alert_rules.h"
#include "cli/rules_on_trial.h"
#include "cli/telemetry.h"
#include "exercise/alert_judge.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};
// Alerts that are listed without -v.
constexpr std::size_t kMostListed = 10;

// The whole file, unpacked where it is packed.
Result<std::string> read_export(const std::string& path) {
  auto source = open_source(path);
  if (!source) return std::unexpected(source.error());
  PackedBuffer buffer;
  auto unpacked = unpack(*std::move(source), path, buffer);
  if (!unpacked) return std::unexpected(unpacked.error());
  std::string text;
  constexpr std::size_t kChunk = std::size_t{1} << 20U;
  while (true) {
    const std::size_t size = text.size();
    text.resize(size + kChunk);
    const auto read = (*unpacked)->read(text.data() + size, kChunk);
    if (!read) return std::unexpected(read.error());
    text.resize(size + *read);
    if (*read == 0) return text;
    if (text.size() > alert::kMaxFileBytes) {
      return fail(kTooLarge, "the export is larger than is read at once", Place{.file = path},
                  "export a shorter time");
    }
  }
}

// The problem that says that what is in the file is no alerts.
const Problem* unknown_form(const LoadReport& report) {
  const auto found = std::ranges::find_if(report.problems(), [](const Problem& problem) {
    return problem.severity == Severity::kError && problem.error.code == alert::kNoAlerts;
  });
  return found == report.problems().end() ? nullptr : &*found;
}

std::string place_of(const alert::Alert& alert) {
  return fmt::format("{}:{}: {}: {}", printable(alert.place.file, kMaxPathShown), alert.place.line,
                     escape_for_log(alert.product),
                     escape_for_log(alert.title.empty() ? alert.rule : alert.title));
}

AlertTally tally_of(const std::vector<alert::Alert>& alerts,
                    const std::vector<exercise::WatchedPlay>& plays,
                    const exercise::Matches& matches) {
  AlertTally tally;
  tally.num_read = alerts.size();
  for (const alert::Alert& alert : alerts) ++tally.by_form[alert.form];
  for (const auto& joins : matches.joins) {
    for (const auto& join : joins) tally.num_weak += join.basis < exercise::Basis::kWho ? 1 : 0;
  }
  tally.num_earlier = matches.earlier.size();
  tally.num_joined =
      alerts.size() - matches.earlier.size() - matches.unmatched.size() - matches.ambiguous.size();
  for (const std::size_t i : matches.unmatched) tally.unmatched.push_back(place_of(alerts[i]));
  for (const auto& one : matches.ambiguous) {
    std::vector<std::string> names;
    for (const std::size_t play : one.plays) names.push_back(escape_for_log(plays[play].name));
    if (names.size() > 3) {
      const std::size_t more = names.size() - 3;
      names.resize(3);
      names.push_back(fmt::format("{} more", more));
    }
    tally.ambiguous.push_back(
        fmt::format("{} (fits {})", place_of(alerts[one.alert]), fmt::join(names, ", ")));
  }
  return tally;
}

void list(Session& session, std::string_view what, const std::vector<std::string>& alerts) {
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    const std::string line = fmt::format("{}: {}", what, alerts[i]);
    if (i < kMostListed) {
      session.messages().note(line);
    } else {
      session.messages().detail(line);
    }
  }
  if (alerts.size() > kMostListed && !session.options().verbose) {
    session.messages().note(
        fmt::format("{}: and {} more (-v lists them)", what, alerts.size() - kMostListed));
  }
}

}  // namespace

std::vector<Option> alert_options() {
  return {{.name = "--alerts",
           .value_name = "FILE",
           .help = "alerts that another product exported, of any known form (docs/alerts.md): "
                   "held against --telemetry, a live plan, or procedures played since --since",
           .kind = ValueKind::kPath,
           .repeatable = true},
          {.name = "--since",
           .value_name = "T",
           .help = "when what is named was played: a date, or a date and time; alerts before do "
                   "not count",
           .kind = ValueKind::kDate}};
}

void AlertTally::say(Session& session) const {
  std::vector<std::string> forms;
  for (const auto& [form, count] : by_form) forms.push_back(fmt::format("{} {}", count, form));
  if (num_read == 0) return session.messages().note("the alerts that were given are none");
  std::string line = fmt::format("{} read ({}): {} joined to what was played",
                                 counted(num_read, "alert"), fmt::join(forms, ", "), num_joined);
  if (num_weak != 0) {
    line += fmt::format(
        " ({} by technique and time, and at most the account: name who carried it "
        "out to be sure)",
        num_weak);
  }
  if (!ambiguous.empty())
    line += ", " + counted(ambiguous.size(), "fits several plays", "fit several plays");
  if (!unmatched.empty())
    line += ", " + counted(unmatched.size(), "matches nothing", "match nothing");
  if (num_earlier != 0)
    line += ", " + counted(num_earlier, "is of before --since", "are of before --since");
  session.messages().note(line);
  list(session, "fits several", ambiguous);
  list(session, "matches nothing", unmatched);
}

void AlertTally::write(text::JsonWriter& json) const {
  json.key("alerts").begin_object();
  json.member("read", num_read).member("joined", num_joined).member("weak", num_weak);
  json.member("earlier", num_earlier);
  json.key("by_form").begin_object();
  for (const auto& [form, count] : by_form) json.member(form, count);
  json.end_object();
  json.strings("ambiguous", ambiguous).strings("unmatched", unmatched);
  json.end_object();
}

Result<std::optional<Instant>> alerts_since(const Session& session) {
  const auto text = session.arguments().value("--since");
  if (!text) return std::nullopt;
  const auto time = parse_date(*text);
  if (!time) return fail(kUsageError, "--since takes a date, not: " + escape_for_log(*text));
  if (*time > session.clock().now()) {
    return fail(kUsageError, "--since is still to come: " + escape_for_log(*text));
  }
  return Instant(*time);
}

Result<std::vector<alert::Alert>> read_alert_files(Session& session) {
  const FoundFiles found = find_files(session.arguments().values("--alerts"));
  session.report(found.report);
  if (found.report.has_errors())
    return fail(kUsageError,
                "not all alerts could be read: without them what was seen would count as missed");
  const auto& named = session.arguments().values("--alerts");
  if (found.paths.empty() && !named.empty()) {
    return fail(kUsageError, "there is no file in " + printable(named[0], kMaxPathShown), {},
                "an export without alerts is a file without alerts");
  }
  LoadReport report;
  std::vector<alert::Alert> alerts;
  for (const std::string& path : found.paths) {
    const auto text = read_export(path);
    if (!text) return std::unexpected(text.error());
    LoadReport of_file;
    auto file = alert::read_alerts(*text, path, of_file);
    if (const Problem* problem = unknown_form(of_file)) return std::unexpected(problem->error);
    report.append(std::move(of_file));
    std::ranges::move(file.alerts, std::back_inserter(alerts));
    if (file.num_others != 0) {
      session.messages().detail(fmt::format("{}: records that are no alerts: {}",
                                            printable(path, kMaxPathShown), file.num_others));
    }
  }
  session.report(report);
  return alerts;
}

Result<AlertOutcome> judge_plays(Session& session,
                                 const std::vector<exercise::WatchedPlay>& plays) {
  const auto since = alerts_since(session);
  if (!since) return std::unexpected(since.error());
  const auto alerts = read_alert_files(session);
  if (!alerts) return std::unexpected(alerts.error());
  const auto rules = rules_of_alerts(session, *alerts);
  if (!rules) return std::unexpected(rules.error());
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  std::vector<std::vector<std::string>> techniques;
  for (const auto& rule : rules->rules) techniques.push_back(rule.techniques);
  const auto matches = exercise::match_alerts(*alerts, techniques, plays, *since);
  AlertOutcome outcome;
  outcome.judgements =
      exercise::judge_by_alerts({.alerts = *alerts,
                                 .rules = rules->rules,
                                 .plays = plays,
                                 .matches = matches,
                                 .since = *since,
                                 .alert_within = agreed_time(*workspace).alert_within,
                                 .known_techniques = rules->known_techniques});
  outcome.tally = tally_of(*alerts, plays, matches);
  return outcome;
}

Result<AlertOutcome> judge_fed_logs(Session& session) {
  const auto telemetry = read_telemetry(session);
  if (!telemetry) return std::unexpected(telemetry.error());
  const auto is_received = received_logs(session);
  if (!is_received) return std::unexpected(is_received.error());
  const auto plays = exercise::played_in_logs(telemetry->cases, telemetry->folder,
                                              session.log_sources(), *is_received);
  if (std::ranges::all_of(plays, &exercise::WatchedPlay::is_lookalike)) {
    return fail(kUsageError, "the cases name no attack that is to be found: " +
                                 escape_for_log(telemetry->cases_file));
  }
  return judge_plays(session, plays);
}

}  // namespace nepho::cli
