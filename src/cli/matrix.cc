// `nepho matrix`: ATT&CK's matrix for cloud by tactic, or all that is known of one technique.
#include "cli/matrix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "attack/migration.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "report/matrix_layout.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

using attack::Applies;
using attack::Technique;

inline constexpr ErrorCode kUnknownName{"cli.unknown_name"};

// What the user asked to see.
struct Selection {
  const attack::Provider* provider = nullptr;  // all when nullptr
  const attack::Tactic* tactic = nullptr;
  attack::Scope scope = attack::Scope::kCloud;
};

Result<Selection> selection_of(Session& session, const attack::Catalogue& catalogue,
                               const attack::Providers& providers) {
  Selection selection;
  if (const auto wanted = session.arguments().value("--provider")) {
    selection.provider = providers.find(*wanted);
    if (selection.provider == nullptr) {
      const std::string meant = text::did_you_mean(*wanted, providers.ids());
      return fail(
          kUnknownName, "no such provider: " + escape_for_log(*wanted), {},
          meant.empty() ? fmt::format("one of {}", fmt::join(providers.ids(), ", ")) : meant);
    }
  }
  if (const auto wanted = session.arguments().value("--tactic")) {
    selection.tactic = catalogue.find_tactic(*wanted);
    if (selection.tactic == nullptr) {
      std::vector<std::string_view> names;
      for (const attack::Tactic& tactic : catalogue.tactics()) names.push_back(tactic.shortname);
      std::vector<std::string> now;
      for (const auto* tactic : attack::tactics_meant(catalogue, *wanted))
        now.push_back(tactic->shortname);
      return fail(
          kUnknownName,
          fmt::format("no tactic of ATT&CK {}: {}", catalogue.version(), escape_for_log(*wanted)),
          {},
          now.empty() ? text::did_you_mean(*wanted, names)
                      : fmt::format("it is {} now", fmt::join(now, " and ")));
    }
  }
  const bool containers = session.arguments().has("--containers") ||
                          (selection.provider != nullptr && selection.provider->id == "kubernetes");
  if (containers) selection.scope = attack::Scope::kCloudAndContainers;
  return selection;
}

// A technique to show and the providers to show it with.
struct Row {
  const Technique* technique = nullptr;
  std::vector<ProviderCell> cells;
};

std::vector<Row> rows_of(const attack::Catalogue& catalogue, const attack::Providers& providers,
                         const attack::ApplicabilityModel& model, const Selection& selection) {
  std::vector<Row> rows;
  for (const Technique* technique : catalogue.cloud_techniques(selection.scope)) {
    if (selection.tactic != nullptr &&
        std::ranges::count(technique->tactics, selection.tactic->id) == 0) {
      continue;
    }
    Row row{technique, cells_of(*technique, providers, model)};
    if (selection.provider != nullptr) {
      std::erase_if(row.cells, [&](const ProviderCell& cell) {
        return cell.provider != selection.provider || cell.applicability.applies == Applies::kNo;
      });
      if (row.cells.empty()) continue;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string mark_of(const Row& row, const Selection& selection) {
  const bool unknown =
      selection.provider != nullptr && row.cells.front().applicability.applies == Applies::kUnknown;
  return unknown ? " ?" : "";
}

// A sub-technique stands under its parent without the parent's number; one whose parent is not
// shown in the tactic keeps it.
std::vector<report::Block> blocks_of(const attack::Catalogue& catalogue,
                                     const std::vector<Row>& rows, const Selection& selection) {
  std::vector<report::Block> blocks;
  for (const attack::Tactic& tactic : catalogue.tactics()) {
    if (selection.tactic != nullptr && selection.tactic->id != tactic.id) continue;
    report::Block block;
    std::set<attack::TechniqueId> shown;
    for (const Row& row : rows) {
      const Technique& technique = *row.technique;
      if (std::ranges::count(technique.tactics, tactic.id) == 0) continue;
      shown.insert(technique.id);
      const std::string mark = mark_of(row, selection);
      const bool stands_under = technique.is_subtechnique() && shown.contains(technique.parent);
      const std::string id = stands_under ? " " + technique.id.value.substr(5) : technique.id.value;
      block.lines.push_back(
          {report::Cell(fmt::format("{:<5} {}{}", id, technique.name, mark),
                        stands_under ? report::Tone::kPlain : report::Tone::kStrong),
           stands_under ? 6U : id.size() + 1});
    }
    if (block.lines.empty()) continue;
    block.heading = fmt::format("{} ({})", tactic.name, block.lines.size());
    blocks.push_back(std::move(block));
  }
  return blocks;
}

report::Table table_of(const attack::Catalogue& catalogue, const std::vector<Row>& rows) {
  report::Table table({{"technique", report::Align::kLeft, false},
                       {"name"},
                       {"tactics"},
                       {"platforms"},
                       {"providers"}});
  for (const Row& row : rows) {
    table.add_row(
        {row.technique->id.value, row.technique->name, tactics_text(*row.technique, catalogue),
         fmt::format("{}", fmt::join(row.technique->platforms, ", ")), to_text(row.cells)});
  }
  return table;
}

void print_json(Session& session, const attack::Catalogue& catalogue,
                const std::vector<Row>& rows) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/matrix/1");
  json.member("attack_version", catalogue.version()).key("tactics").begin_array();
  for (const attack::Tactic& tactic : catalogue.tactics()) {
    json.begin_object().member("id", tactic.id.value).member("shortname", tactic.shortname);
    json.member("name", tactic.name).end_object();
  }
  json.end_array().key("techniques").begin_array();
  for (const Row& row : rows) {
    json.begin_object();
    write_members(*row.technique, row.cells, json);
    json.end_object();
  }
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

Result<ExitCode> show_matrix(Session& session, const attack::Catalogue& catalogue,
                             const attack::Providers& providers,
                             const attack::ApplicabilityModel& model) {
  const auto selection = selection_of(session, catalogue, providers);
  if (!selection) return std::unexpected(selection.error());
  const auto rows = rows_of(catalogue, providers, model, *selection);
  if (session.format() == "json") {
    print_json(session, catalogue, rows);
    return ExitCode::kDone;
  }
  if (session.format() != "table") {
    print(session, table_of(catalogue, rows));
    return ExitCode::kDone;
  }
  const Terminal& terminal = session.terminal();
  session.out().write(report::to_columns(
      blocks_of(catalogue, rows, *selection),
      {.width = static_cast<std::size_t>(terminal.width), .has_color = terminal.has_color}));
  const auto num_subs =
      std::ranges::count_if(rows, [](const Row& row) { return row.technique->is_subtechnique(); });
  session.messages().note(
      fmt::format("ATT&CK {}: {} techniques, {} of them sub-techniques{}", catalogue.version(),
                  rows.size(), num_subs,
                  selection->provider == nullptr
                      ? std::string()
                      : fmt::format("; a ? is where ATT&CK does not say whether it applies to {}",
                                    selection->provider->name)));
  return ExitCode::kDone;
}

Result<const Technique*> find_technique(Session& session, const attack::Catalogue& catalogue,
                                        const std::string& wanted) {
  const auto id = attack::parse_technique_id(wanted);
  if (!id) {
    return fail(kUnknownName, "no technique's id: " + escape_for_log(wanted), {},
                "an id is like T1537 or T1078.004");
  }
  const auto fate = attack::fate_of(catalogue, *id);
  if (fate.fate == attack::Fate::kUnknown) {
    return fail(attack::kUnknownTechnique,
                fmt::format("no technique of ATT&CK {}: {}", catalogue.version(), id->value));
  }
  if (fate.fate == attack::Fate::kReplaced) {
    session.messages().note(
        fmt::format("{} was revoked; {} took its place", id->value, fate.id.value));
    return catalogue.find(fate.id);
  }
  if (fate.fate == attack::Fate::kWithdrawn) {
    session.messages().note(fmt::format("{} was withdrawn; nothing took its place", id->value));
  }
  return catalogue.find(*id);
}

Result<ExitCode> run_matrix(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  const auto model = load_applicability(*catalogue, *providers, session.knowledge());
  if (!model) return std::unexpected(model.error());
  const auto wanted = session.arguments().value("TECHNIQUE");
  if (!wanted) return show_matrix(session, *catalogue, *providers, *model);
  const auto technique = find_technique(session, *catalogue, *wanted);
  if (!technique) return std::unexpected(technique.error());
  print_technique(session, *catalogue, **technique, cells_of(**technique, *providers, *model));
  return ExitCode::kDone;
}

}  // namespace

Result<attack::ApplicabilityModel> load_applicability(const attack::Catalogue& catalogue,
                                                      const attack::Providers& providers,
                                                      const Knowledge& knowledge) {
  attack::ApplicabilityModel model(catalogue, providers);
  if (auto loaded = model.load_curated(knowledge); !loaded) return std::unexpected(loaded.error());
  return model;
}

std::vector<ProviderCell> cells_of(const Technique& technique, const attack::Providers& providers,
                                   const attack::ApplicabilityModel& model) {
  std::vector<ProviderCell> cells;
  for (const attack::Provider& provider : providers.all()) {
    attack::Applicability applicability = model.of(technique, provider);
    if (applicability.applies == Applies::kNo && applicability.served_by.empty()) continue;
    cells.push_back({&provider, std::move(applicability)});
  }
  return cells;
}

std::string to_text(const std::vector<ProviderCell>& cells) {
  std::string text;
  for (const ProviderCell& cell : cells) {
    if (cell.applicability.applies == Applies::kNo) continue;
    text += fmt::format("{}{}{}", text.empty() ? "" : " ", cell.provider->id,
                        cell.applicability.applies == Applies::kUnknown ? "?" : "");
  }
  return text;
}

std::string tactics_text(const Technique& technique, const attack::Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const attack::TacticId& id : technique.tactics) {
    if (const attack::Tactic* tactic = catalogue.find(id)) names.push_back(tactic->shortname);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

void write_members(const Technique& technique, const std::vector<ProviderCell>& cells,
                   text::JsonWriter& json) {
  json.member("technique", technique.id.value).member("name", technique.name);
  json.key("tactics").begin_array();
  for (const attack::TacticId& id : technique.tactics) json.string(id.value);
  json.end_array().strings("platforms", technique.platforms);
  json.key("providers").begin_array();
  for (const ProviderCell& cell : cells) {
    const attack::Applicability& applicability = cell.applicability;
    json.begin_object().member("provider", cell.provider->id);
    json.member("applicable", to_string(applicability.applies));
    json.member("origin", to_string(applicability.origin)).member("reason", applicability.reason);
    if (!applicability.served_by.empty()) json.member("served_by", applicability.served_by);
    json.end_object();
  }
  json.end_array();
}

std::vector<Command> matrix_commands() {
  return {
      {.name = "matrix",
       .summary = "show the cloud matrix, or one technique with all that is known of it",
       .description =
           "Without a technique: the techniques of ATT&CK's cloud matrix by tactic. With one: its\n"
           "tactics, platforms and providers, who uses it, which log sources show it, and what\n"
           "hinders it. A retired id leads to the one that took its place.",
       .positionals = {{.name = "TECHNIQUE", .help = "an id, such as T1537", .min_count = 0}},
       .options = {{.name = "--provider",
                    .value_name = "P",
                    .help = "only techniques that apply, or may apply, to this provider"},
                   {.name = "--tactic",
                    .value_name = "T",
                    .help = "only this tactic: its id, shortname or name"},
                   {.name = "--containers",
                    .help = "with the techniques of containers (170, not 152)"}},
       .formats = {"table", "json", "csv", "markdown"},
       .examples = {{"nepho matrix", "all of it"},
                    {"nepho matrix --provider aws --tactic exfiltration", "what leaves AWS"},
                    {"nepho matrix T1537", "one technique"}},
       .run = run_matrix}};
}

}  // namespace nepho::cli
