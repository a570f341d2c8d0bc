// `nepho attack import`: a STIX bundle of MITRE's becomes a catalogue.
#include <fmt/format.h>

#include <utility>

#include "attack/bundle_file.h"
#include "attack/facts_writer.h"
#include "attack/import.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/session.h"

namespace nepho::cli {
namespace {

inline constexpr ErrorCode kNoVersion{"cli.no_attack_version"};

// What was read, in one line, and what was not, in one line each.
void note_counts(Session& session, const attack::ImportedBundle& bundle) {
  const attack::Facts& facts = bundle.catalogue.facts();
  session.messages().note(fmt::format(
      "ATT&CK {}: {} techniques, {} of them in the cloud matrix; {} groups, {} campaigns, {} "
      "pieces "
      "of software, {} analytics",
      printable(facts.version), facts.techniques.size(), bundle.catalogue.cloud_techniques().size(),
      facts.groups.size(), facts.campaigns.size(), facts.software.size(), facts.analytics.size()));
  for (const auto& [reason, count] : bundle.counts.skipped) {
    session.messages().note(fmt::format("left out: {} x {}", count, reason));
  }
}

Result<ExitCode> run_import(Session& session) {
  const std::string path = session.arguments().values("BUNDLE").front();
  auto text = attack::read_bundle_file(path);
  if (!text) return std::unexpected(text.error());
  auto bundle = attack::import_bundle(std::move(*text), path);
  if (!bundle) return std::unexpected(bundle.error());
  attack::Facts facts = bundle->catalogue.facts();
  if (const auto version = session.arguments().value("--as")) facts.version = *version;
  if (facts.version.empty()) {
    return fail(kNoVersion, "the bundle does not say which version of ATT&CK it is",
                Place{.file = path}, "say it with --as, for instance '--as 19.1'");
  }
  note_counts(session, *bundle);
  session.out().write(attack::write_facts(facts));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> attack_import_commands() {
  return {
      {.name = "attack import",
       .summary = "turn MITRE's STIX bundle into a catalogue",
       .description =
           "Reads a STIX 2.0 or 2.1 bundle of ATT&CK, as it is or packed with gzip or zstd, and\n"
           "writes its facts in the form of docs/formats/attack-catalogue.md. Put the file as\n"
           "attack/VERSION.tsv into a folder and give the folder with --knowledge to use it.",
       .positionals = {{.name = "BUNDLE",
                        .help = "the bundle, or - for standard input",
                        .kind = ValueKind::kPath}},
       .options = {{.name = "--as",
                    .value_name = "VERSION",
                    .help = "the bundle's version, where it does not say it (STIX 2.0)"}},
       .examples = {{"nepho attack import examples/attack/tiny-bundle.json",
                     "the facts of a bundle of one technique"}},
       .run = run_import}};
}

}  // namespace nepho::cli
