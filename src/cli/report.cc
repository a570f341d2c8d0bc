// nepho report: the coverage as one page to hand on.
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/page.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};

Result<ExitCode> run_report(Session& session) {
  // Nobody reads a megabyte of HTML on a screen; '-o -' still writes it there.
  if (session.terminal().is_terminal && !session.options().output) {
    return fail(kUsageError, "the page is for a browser: name a file to write", {},
                "as in 'nepho report -o report.html'");
  }
  const auto assessed = assess_session(session, session.arguments().values("PATH"),
                                       session.arguments().values("--provider"));
  if (!assessed) return std::unexpected(assessed.error());
  const bool is_for_leadership =
      session.arguments().value_or("--audience", "engineering") == "leadership";
  session.out().write(coverage_page(
      session, *assessed,
      is_for_leadership ? report::Audience::kLeadership : report::Audience::kEngineering));
  return ExitCode::kDone;
}

std::vector<Option> options() {
  std::vector<Option> options{
      provider_option(),
      {.name = "--audience",
       .value_name = "WHO",
       .help = "whom it is for: engineering (default), or leadership, who get one page",
       .choices = {"engineering", "leadership"}}};
  std::ranges::move(assessment_options(), std::back_inserter(options));
  return options;
}

}  // namespace

std::vector<Command> report_commands() {
  return {
      {.name = "report",
       .summary = "write the coverage as one page for a browser, or to print",
       .description =
           "One HTML file that needs nothing else: paper against proven, the baseline, the "
           "matrix with a filter, and for every cell why it is what it is. It opens without a "
           "network; printed, the first page is what leadership reads and the heatmaps are an "
           "appendix. The same as 'nepho coverage --format html'.",
       .positionals = {rules_positional()},
       .options = options(),
       .formats = {"html"},
       .examples = {{.line = "nepho report --workspace examples -o report.html",
                     .does = "the page of the example; two of its rules cannot be read",
                     .exit = ExitCode::kBadInput},
                    {.line = "nepho report --workspace examples --audience leadership -o one.html",
                     .does = "headline, baseline and providers, on one sheet when printed",
                     .exit = ExitCode::kBadInput}},
       .run = run_report}};
}

}  // namespace nepho::cli
