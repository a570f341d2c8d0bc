// `nepho attack migrate`: brings Sigma rules and Navigator layers to another version, in place.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "attack/migrate_rule.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/print.h"
#include "cli/session.h"
#include "navigator/migrate_layer.h"
#include "text/edit.h"
#include "text/json_writer.h"

namespace nepho::cli {
namespace {

struct MigratedFile {
  std::string path;
  std::vector<attack::Change> changes;
};

bool ends_with(std::string_view path, std::string_view ending) {
  return path.size() >= ending.size() &&
         std::ranges::equal(path.substr(path.size() - ending.size()), ending, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
}

bool is_rule(std::string_view path) { return ends_with(path, ".yml") || ends_with(path, ".yaml"); }
bool is_layer(std::string_view path) { return ends_with(path, ".json"); }

Result<attack::Migrated> migrate(const std::string& path, std::string_view text,
                                 const attack::Catalogue& target) {
  if (is_layer(path)) return navigator::migrate_layer(text, path, target);
  return attack::migrate_rule(text, path, target);
}

// The files meant; of a folder only those that may hold rules or layers.
std::vector<std::string> files_of(Session& session) {
  FoundFiles found = find_files(session.arguments().values("PATH"));
  session.report(found.report);
  std::erase_if(found.paths, [&](const std::string& path) {
    const bool was_named = std::ranges::count(session.arguments().values("PATH"), path) != 0;
    return !was_named && !is_rule(path) && !is_layer(path);
  });
  return std::move(found.paths);
}

// A file of a walked folder that is JSON but no layer is none of our business.
bool is_other_json(Session& session, const std::string& path, const Error& error) {
  const bool was_named = std::ranges::count(session.arguments().values("PATH"), path) != 0;
  if (was_named || !is_layer(path)) return false;
  session.messages().detail("passed over: " + to_string(error));
  return true;
}

// Migrates one file; on a dry run its difference goes to the output instead.
Result<MigratedFile> migrate_file(Session& session, const std::string& path,
                                  const attack::Catalogue& target, bool dry_run) {
  MigratedFile result{.path = path, .changes = {}};
  const auto text = read_file(path, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  auto migrated = migrate(path, *text, target);
  if (!migrated) {
    if (is_other_json(session, path, migrated.error())) return result;
    return std::unexpected(migrated.error());
  }
  session.report(migrated->report);
  if (migrated->edits.empty()) return result;
  if (dry_run && session.format() == "diff") {
    session.out().write(fmt::format("--- {0}\n+++ {0}\n{1}", printable(path, kMaxPathShown),
                                    text::diff_of_edits(*text, migrated->edits)));
  }
  if (!dry_run) {
    auto written = write_file(path, text::apply_edits(*text, std::move(migrated->edits)));
    if (!written) return std::unexpected(written.error());
  }
  result.changes = std::move(migrated->changes);
  return result;
}

void print_json(Session& session, const attack::Catalogue& target,
                const std::vector<MigratedFile>& files, bool dry_run) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/attack-migrate/1");
  json.member("to", target.version()).member("dry_run", dry_run).key("files").begin_array();
  for (const MigratedFile& file : files) {
    json.begin_object().member("path", file.path).key("changes").begin_array();
    for (const attack::Change& change : file.changes) {
      json.begin_object().member("line", change.line).member("from", change.from).key("to");
      change.to.empty() ? json.null() : json.string(change.to);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

void print_table(Session& session, const std::vector<MigratedFile>& files) {
  report::Table table({{"FILE"},
                       {"LINE", report::Align::kRight, false},
                       {"BEFORE", report::Align::kLeft, false},
                       {"NOW", report::Align::kLeft, false}});
  for (const MigratedFile& file : files) {
    for (const attack::Change& change : file.changes) {
      table.add_row({printable(file.path, kMaxPathShown), fmt::format("{}", change.line),
                     change.from,
                     change.to.empty() ? report::Cell("(taken out)", report::Tone::kFaint)
                                       : report::Cell(change.to)});
    }
  }
  if (!table.rows().empty()) print(session, table);
}

Result<ExitCode> run_migrate(Session& session) {
  const auto& target = session.catalogue();
  if (!target) return std::unexpected(target.error());
  const bool dry_run = session.arguments().has("--dry-run");
  const auto paths = files_of(session);
  std::vector<MigratedFile> changed;
  for (const std::string& path : paths) {
    if (stop_requested()) break;
    auto file = migrate_file(session, path, *target, dry_run);
    if (!file) {
      LoadReport report;
      report.add_error(file.error());
      session.report(report);
    } else if (!file->changes.empty()) {
      changed.push_back(std::move(*file));
    }
  }
  if (session.format() == "json") {
    print_json(session, *target, changed, dry_run);
  } else if (session.format() != "diff" || !dry_run) {
    print_table(session, changed);
  }
  session.messages().note(fmt::format("{} of {} files {} for ATT&CK {}", changed.size(),
                                      paths.size(), dry_run ? "would change" : "changed",
                                      target->version()));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> attack_migrate_commands() {
  return {
      {.name = "attack migrate",
       .summary = "rewrite old ids in Sigma rules and Navigator layers, in place",
       .description =
           "Revoked technique ids become the ones that took their place, retired tactics the ones\n"
           "that the techniques are in now, and in layers platforms and the version as well. All\n"
           "other bytes stay: comments, order, quotes, line ends. Folders are searched for .yml,\n"
           ".yaml and .json. --attack chooses the version to bring them to.",
       .positionals = {{.name = "PATH",
                        .help = "rules, layers, or folders of them",
                        .kind = ValueKind::kPath,
                        .max_count = Positional::kAny}},
       .options = {{.name = "--dry-run", .help = "show the difference and write nothing"}},
       .formats = {"diff", "table", "json", "csv", "markdown"},
       .examples = {{"nepho attack migrate --dry-run examples/rules",
                     "what would change in a folder of rules"}},
       .run = run_migrate}};
}

}  // namespace nepho::cli
