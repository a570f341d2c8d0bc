// `nepho attack info`: which versions of ATT&CK are at hand, and what the one in use holds.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <vector>

#include "attack/facts_writer.h"
#include "attack/library.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"
#include "text/json_writer.h"

namespace nepho::cli {
namespace {

using attack::Scope;
using attack::Technique;

struct Count {
  std::string_view name;  // as JSON has it
  std::string_view label;
  std::size_t number;
};

std::vector<Count> counts_of(const attack::Catalogue& catalogue) {
  const attack::Facts& facts = catalogue.facts();
  const auto with_status = [&](attack::Status status) {
    return static_cast<std::size_t>(
        std::ranges::count(facts.techniques, status, &Technique::status));
  };
  const auto active = [](const auto& list) {
    return static_cast<std::size_t>(std::ranges::count(
        list, attack::Status::kActive, [](const auto& object) { return object.status; }));
  };
  const auto cloud = catalogue.cloud_techniques();
  const auto num_subs = static_cast<std::size_t>(
      std::ranges::count_if(cloud, [](const Technique* t) { return t->is_subtechnique(); }));
  std::size_t num_cells = 0;
  for (const Technique* technique : cloud) num_cells += technique->tactics.size();
  return {{"cloud_total", "techniques of the cloud matrix", cloud.size()},
          {"cloud_techniques", "  of them techniques", cloud.size() - num_subs},
          {"cloud_subtechniques", "  of them sub-techniques", num_subs},
          {"cloud_cells", "  cells (technique x tactic)", num_cells},
          {"with_containers", "with containers",
           catalogue.cloud_techniques(Scope::kCloudAndContainers).size()},
          {"tactics", "tactics", facts.tactics.size()},
          {"active", "techniques, all platforms", with_status(attack::Status::kActive)},
          {"revoked", "  revoked", with_status(attack::Status::kRevoked)},
          {"deprecated", "  deprecated", with_status(attack::Status::kDeprecated)},
          {"groups", "groups", active(facts.groups)},
          {"campaigns", "campaigns", active(facts.campaigns)},
          {"software", "software", active(facts.software)},
          {"mitigations", "mitigations", active(facts.mitigations)},
          {"strategies", "detection strategies", active(facts.strategies)},
          {"analytics", "analytics", active(facts.analytics)}};
}

void print_json(Session& session, const attack::Catalogue& catalogue) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/attack-info/1");
  json.member("version", catalogue.version()).member("domain", catalogue.facts().domain);
  json.member("released", attack::to_string(catalogue.facts().released));
  json.strings("known_versions", attack::known_versions(session.knowledge()));
  json.key("counts").begin_object();
  for (const Count& count : counts_of(catalogue)) json.member(count.name, count.number);
  json.end_object().member("notice", attack::kMitreNotice).end_object();
  session.out().write(json.text() + "\n");
}

Result<ExitCode> run_info(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  if (session.format() == "json") {
    print_json(session, *catalogue);
    return ExitCode::kDone;
  }
  report::Table table(
      {{"ATT&CK " + catalogue->version()},
       {attack::to_string(catalogue->facts().released), report::Align::kRight, false}});
  for (const Count& count : counts_of(*catalogue)) {
    table.add_row({count.label, fmt::format("{}", count.number)});
  }
  print(session, table);
  session.messages().note(fmt::format("versions at hand: {}. {}",
                                      fmt::join(attack::known_versions(session.knowledge()), ", "),
                                      attack::kMitreNotice));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> attack_info_commands() {
  return {{.name = "attack info",
           .summary = "show which ATT&CK is in use and what it holds",
           .formats = {"table", "json", "csv", "markdown"},
           .examples = {{"nepho attack info", "the version in use"},
                        {"nepho attack info --attack 16.1 --format json", "an older one, as JSON"}},
           .run = run_info}};
}

}  // namespace nepho::cli
