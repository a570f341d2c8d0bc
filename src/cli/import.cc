// nepho import: shows what others made. Navigator layers, for now.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "attack/migration.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"
#include "navigator/read_layer.h"
#include "navigator/write_layer.h"
#include "text/json_writer.h"

namespace nepho::cli {
namespace {

using navigator::ReadLayer;
using navigator::TechniqueEntry;

struct Imported {
  std::string path;
  ReadLayer read;
};

// Every layer of every file; what cannot be read is reported, and the rest goes on.
std::vector<Imported> read_all(Session& session) {
  FoundFiles found = find_files(session.arguments().values("FILE"));
  std::vector<Imported> layers;
  for (const std::string& path : found.paths) {
    auto bytes = read_file(path == "-" ? "/dev/stdin" : path, kDefaultLimits.max_document_bytes);
    if (!bytes) {
      found.report.add_error(bytes.error());
      continue;
    }
    auto read = navigator::read_layers(std::move(*bytes), path);
    if (!read) {
      found.report.add_error(read.error());
      continue;
    }
    found.report.append(std::move(read->report));
    for (ReadLayer& layer : read->layers) layers.push_back({path, std::move(layer)});
  }
  session.report(found.report);
  return layers;
}

// What an entry's id is called today, and whether that is still a technique.
struct Today {
  std::string id;
  std::string name;
  std::string fate;  // "", "replaced", "withdrawn", "unknown"
};

Today today_of(const attack::Catalogue& catalogue, const std::string& text) {
  const attack::TechniqueId id{text};
  const attack::TechniqueFate fate = attack::fate_of(catalogue, id);
  const bool is_known = fate.fate == attack::Fate::kCurrent || fate.fate == attack::Fate::kReplaced;
  Today today{.id = is_known ? fate.id.value : text};
  if (const auto* technique = catalogue.find(attack::TechniqueId{today.id})) {
    today.name = technique->name;
  }
  if (fate.fate == attack::Fate::kReplaced) today.fate = "replaced";
  if (fate.fate == attack::Fate::kWithdrawn) today.fate = "withdrawn";
  if (fate.fate == attack::Fate::kUnknown) today.fate = "unknown";
  return today;
}

std::string number(const std::optional<double>& score) {
  return score ? fmt::format("{}", *score) : std::string();
}

template <typename Predicate>
std::string count(const Imported& imported, Predicate holds) {
  return fmt::format("{}", std::ranges::count_if(imported.read.layer.techniques, holds));
}

// A line a layer: what it is, how much is in it, and how much of that ATT&CK has retired.
report::Table layer_table(const attack::Catalogue& catalogue, const std::vector<Imported>& layers) {
  report::Table table({{"LAYER"},
                       {"FORMAT"},
                       {"ATT&CK", report::Align::kLeft, false},
                       {"TECHNIQUES", report::Align::kRight, false},
                       {"SCORED", report::Align::kRight, false},
                       {"OFF", report::Align::kRight, false},
                       {"RETIRED", report::Align::kRight, false},
                       {"FILE"}});
  for (const Imported& imported : layers) {
    const navigator::Layer& layer = imported.read.layer;
    table.add_row(
        {{layer.name, report::Tone::kStrong},
         imported.read.format_version.empty() ? "-" : imported.read.format_version,
         layer.versions.attack.empty() ? "-" : layer.versions.attack,
         fmt::format("{}", layer.techniques.size()),
         count(imported, [](const TechniqueEntry& entry) { return entry.score.has_value(); }),
         count(imported, [](const TechniqueEntry& entry) { return !entry.enabled; }),
         count(imported,
               [&](const TechniqueEntry& entry) {
                 return !today_of(catalogue, entry.technique_id).fate.empty();
               }),
         imported.path});
  }
  return table;
}

// What the layer says, by the names of today, with the old id beside.
report::Table technique_table(const attack::Catalogue& catalogue,
                              const std::vector<Imported>& layers) {
  report::Table table({{"TECHNIQUE", report::Align::kLeft, false},
                       {"NAME"},
                       {"WRITTEN AS"},
                       {"TACTIC"},
                       {"SCORE", report::Align::kRight, false},
                       {"COLOUR", report::Align::kLeft, false},
                       {"COMMENT"},
                       {"LAYER"}});
  for (const Imported& imported : layers) {
    for (const TechniqueEntry& entry : imported.read.layer.techniques) {
      const Today today = today_of(catalogue, entry.technique_id);
      const bool is_lost = today.fate == "withdrawn" || today.fate == "unknown";
      table.add_row({{today.id, is_lost ? report::Tone::kBad : report::Tone::kStrong},
                     today.name.empty() ? today.fate : today.name,
                     today.fate.empty() ? "" : entry.technique_id + " (" + today.fate + ")",
                     entry.tactic,
                     number(entry.score),
                     entry.color,
                     entry.comment,
                     imported.read.layer.name});
    }
  }
  return table;
}

// Both ids: who imports wants today's, who mends the layer wants what stands there.
void write_entry(text::JsonWriter& json, const attack::Catalogue& catalogue,
                 const TechniqueEntry& entry) {
  const Today today = today_of(catalogue, entry.technique_id);
  json.begin_object().member("technique", today.id).member("name", today.name);
  json.member("written_as", entry.technique_id).member("fate", today.fate);
  json.member("tactic", entry.tactic).key("score");
  entry.score ? json.raw(fmt::format("{}", *entry.score)) : json.null();
  json.member("colour", entry.color).member("comment", entry.comment);
  json.member("enabled", entry.enabled).end_object();
}

void write_layer(text::JsonWriter& json, const attack::Catalogue& catalogue,
                 const Imported& imported) {
  const navigator::Layer& layer = imported.read.layer;
  json.begin_object().member("file", imported.path).member("name", layer.name);
  json.member("format_version", imported.read.format_version);
  json.member("attack_version", layer.versions.attack).member("domain", layer.domain);
  json.member("description", layer.description).key("techniques").begin_array();
  for (const TechniqueEntry& entry : layer.techniques) write_entry(json, catalogue, entry);
  json.end_array().end_object();
}

void print_json(Session& session, const attack::Catalogue& catalogue,
                const std::vector<Imported>& layers) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/import/1");
  json.member("attack_version", catalogue.version()).key("layers").begin_array();
  for (const Imported& imported : layers) write_layer(json, catalogue, imported);
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

// As format 4.5, whatever they were; ids stay as written ('nepho attack migrate' brings them on).
void print_layers(Session& session, const std::vector<Imported>& layers) {
  std::vector<navigator::Layer> plain;
  for (const Imported& imported : layers) plain.push_back(imported.read.layer);
  session.out().write(navigator::to_json(plain));
}

Result<ExitCode> run_import(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const std::vector<Imported> layers = read_all(session);
  if (layers.empty()) return ExitCode::kBadInput;
  if (session.format() == "json") {
    print_json(session, *catalogue, layers);
  } else if (session.format() == "navigator") {
    print_layers(session, layers);
  } else if (session.arguments().has("--techniques") || session.format() == "csv") {
    print(session, technique_table(*catalogue, layers));
  } else {
    print(session, layer_table(*catalogue, layers));
    session.messages().note(
        "--techniques lists what is in them; 'nepho attack migrate' brings layers to this version");
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> import_commands() {
  return {{.name = "import",
           .summary = "show what is in layers that others made",
           .description =
               "Reads ATT&CK Navigator layers of format 2.0 to 4.5, one or a list of them, in "
               "UTF-8 or UTF-16, and says what they hold and what is wrong with them. Retired "
               "techniques are shown as the ones that took their place.\n\n"
               "--format navigator writes them anew in format 4.5.",
           .positionals = {{.name = "FILE",
                            .help = "layer files, or - for standard input",
                            .kind = ValueKind::kPath,
                            .max_count = Positional::kAny}},
           .options = {{.name = "--techniques", .help = "list the techniques of the layers"}},
           .formats = {"table", "json", "csv", "markdown", "navigator"},
           .examples = {{.line = "nepho import --techniques examples/layers/last_year.json",
                         .does = "what a team said last year, by the names of today"}},
           .run = run_import}};
}

}  // namespace nepho::cli
