// `nepho attack diff`: what changes for the cloud matrix between two versions of ATT&CK.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "attack/difference.h"
#include "attack/library.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"
#include "text/json_writer.h"

namespace nepho::cli {
namespace {

using attack::Difference;
using attack::DifferenceKind;

report::Tone tone_of(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kAdded: return report::Tone::kGood;
    case DifferenceKind::kRevoked:
    case DifferenceKind::kDeprecated:
    case DifferenceKind::kRemoved: return report::Tone::kBad;
    default: return report::Tone::kMiddling;
  }
}

// The items of the list `all` that `others` does not have: what went, or what came.
std::string only_in(std::string_view all, std::string_view others) {
  const std::string wrapped = fmt::format(", {}, ", others);
  std::string only;
  while (!all.empty()) {
    const std::size_t end = std::min(all.find(", "), all.size());
    const std::string_view item = all.substr(0, end);
    if (wrapped.find(fmt::format(", {}, ", item)) == std::string::npos) {
      only += fmt::format("{}{}", only.empty() ? "" : ", ", item);
    }
    all.remove_prefix(std::min(end + 2, all.size()));
  }
  return only;
}

report::Table table_of(const std::vector<Difference>& differences) {
  report::Table table({{"TECHNIQUE", report::Align::kLeft, false},
                       {"CHANGE", report::Align::kLeft, false},
                       {"NAME"},
                       {"WENT"},
                       {"CAME"}});
  for (const Difference& difference : differences) {
    table.add_row({report::Cell(difference.id.value, report::Tone::kStrong),
                   {attack::to_string(difference.kind), tone_of(difference.kind)},
                   difference.name,
                   only_in(difference.before, difference.after),
                   only_in(difference.after, difference.before)});
  }
  return table;
}

void print_json(Session& session, const attack::Catalogue& from, const attack::Catalogue& to,
                const std::vector<Difference>& differences) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/attack-diff/1");
  json.member("from", from.version()).member("to", to.version()).key("changes").begin_array();
  for (const Difference& difference : differences) {
    json.begin_object().member("technique", difference.id.value);
    json.member("change", attack::to_string(difference.kind)).member("name", difference.name);
    json.member("before", difference.before).member("after", difference.after).end_object();
  }
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

void note_totals(Session& session, const attack::Catalogue& from, const attack::Catalogue& to,
                 const std::vector<Difference>& differences) {
  std::map<DifferenceKind, std::size_t> counts;
  for (const Difference& difference : differences) ++counts[difference.kind];
  std::string line =
      fmt::format("ATT&CK {} to {}: cloud matrix {} -> {} techniques", from.version(), to.version(),
                  from.cloud_techniques().size(), to.cloud_techniques().size());
  for (const auto& [kind, count] : counts) line += fmt::format(", {} {}", count, to_string(kind));
  session.messages().note(line);
}

Result<ExitCode> run_diff(Session& session) {
  const auto load = [&](std::string_view name) {
    return attack::load_catalogue(session.knowledge(), session.arguments().value_or(name, ""));
  };
  const auto from = load("FROM");
  if (!from) return std::unexpected(from.error());
  const auto to = load("TO");
  if (!to) return std::unexpected(to.error());
  const auto differences = session.arguments().has("--all-platforms") ? attack::compare(*from, *to)
                           : session.arguments().has("--containers")
                               ? attack::compare(*from, *to, attack::Scope::kCloudAndContainers)
                               : attack::compare(*from, *to, attack::Scope::kCloud);
  if (session.format() == "json") {
    print_json(session, *from, *to, differences);
  } else {
    print(session, table_of(differences));
    note_totals(session, *from, *to, differences);
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> attack_diff_commands() {
  return {
      {.name = "attack diff",
       .summary = "show what changes for the cloud matrix between two versions",
       .description =
           "What was added, revoked (and for what), renamed, moved to other tactics or to other\n"
           "platforms, for techniques that are in the cloud matrix of either version.",
       .positionals = {{.name = "FROM", .help = "the older version, such as 18.1"},
                       {.name = "TO",
                        .help = "the newer one (default: the newest)",
                        .min_count = 0}},
       .options = {{.name = "--containers", .help = "count techniques of containers as well"},
                   {.name = "--all-platforms", .help = "count all techniques of Enterprise"}},
       .formats = {"table", "json", "csv", "markdown"},
       .examples = {{"nepho attack diff 18.1 19.1", "what ATT&CK 19 changed for cloud"}},
       .run = run_diff}};
}

}  // namespace nepho::cli
