#include "cli/detect_account.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "cli/progress.h"
#include "event/skip_reason.h"
#include "plan/baseline.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUnknownLogsource{"cli.unknown_logsource"};
constexpr ErrorCode kSkippedRecord{"cli.skipped_record"};

void say_what_correlations_missed(Session& session, const stream::CorrelationAccount& account) {
  if (account.untimed != 0) {
    session.messages().note(fmt::format(
        "{} events without a time could not be correlated (--time-field PATH names it in records "
        "of no known log source)",
        account.untimed));
  }
  if (account.counters.late != 0) {
    session.messages().note(fmt::format(
        "{} events are older than what the state had seen of their group; they were counted as if "
        "they had come with its latest",
        account.counters.late));
  }
  if (account.counters.groups_left != 0) {
    session.messages().note(fmt::format(
        "{} groups of correlations were pushed out before their time; --max-groups N keeps more",
        account.counters.groups_left));
  }
  if (account.counters.without_weeks != 0) {
    session.messages().note(fmt::format(
        "{} findings of x_volume go by windows of all times alike: fewer than {} weeks were known",
        account.counters.without_weeks, plan::kFewestWeeks));
  }
  if (account.counters.values_left != 0) {
    session.messages().note(fmt::format("{} values were pushed out of the window of their group",
                                        account.counters.values_left));
  }
}

}  // namespace

void report_unbound(Session& session, const plan::Plan& plan) {
  LoadReport report;
  for (const plan::UnboundRule& unbound : plan.unbound()) {
    const sigma::Rule& rule = plan.rules()[unbound.rule];
    const sigma::Logsource& wanted = rule.logsource;
    report.add_warning(Error(
        kUnknownLogsource,
        fmt::format(
            "no log source known here feeds this rule: product '{}', category '{}', service '{}'",
            escape_for_log(wanted.product), escape_for_log(wanted.category),
            escape_for_log(wanted.service)),
        rule.place, "it was not run; 'nepho sources' lists what is known"));
  }
  session.report(report);
}

void report_skipped(Session& session, const stream::RunResult& result,
                    const std::vector<std::string>& files) {
  constexpr std::size_t kShown = 10;
  LoadReport report;
  for (std::size_t i = 0; i < std::min(kShown, result.skipped.size()); ++i) {
    const detect::SkippedRecord& skipped = result.skipped[i];
    report.add_error(
        Error(kSkippedRecord,
              fmt::format("record skipped: {} ({})", to_string(skipped.reason),
                          event::explain(skipped.reason)),
              Place{.file = files[skipped.file], .line = skipped.line, .offset = skipped.offset}));
  }
  session.report(report);
  const std::uint64_t num_skipped = result.counters.num_skipped();
  if (num_skipped > kShown) {
    session.messages().note(
        fmt::format("and {} more skipped; --summary FILE names them", num_skipped - kShown));
  }
}

void say_what_was_done(Session& session, const plan::Plan& plan, const stream::RunResult& result,
                       std::chrono::duration<double> took) {
  const detect::Counters& counters = result.counters;
  std::string line =
      fmt::format("{} events from {} file{} ({}), {} rules, {} findings in {:.1f} s",
                  counters.events, result.num_files, result.num_files == 1 ? "" : "s",
                  bytes_text(result.bytes), plan.rules().size(), result.num_findings, took.count());
  if (counters.duplicates != 0)
    line += fmt::format("; {} duplicates left out", counters.duplicates);
  if (counters.num_skipped() != 0)
    line += fmt::format("; {} records skipped", counters.num_skipped());
  session.messages().note(line);
  say_what_correlations_missed(session, result.correlation);
  if (result.was_stopped)
    session.messages().note("stopped before the end: this is what was done until then");
}

void say_what_was_folded(Session& session, const plan::Plan& plan,
                         const stream::RunResult& result) {
  for (const detect::Finding& finding : result.findings) {
    if (finding.count == 1) continue;
    session.messages().note(fmt::format(
        "'{}' also held for {} later events, folded into its last finding (--fold off lists them)",
        escape_for_log(plan.rules()[finding.match.rule].title), finding.count - 1));
  }
}

}  // namespace nepho::cli
