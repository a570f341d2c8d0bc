#include "cli/rule_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "cli/pack.h"
#include "cli/rule_options.h"
#include "inventory/duplicates.h"
#include "inventory/import.h"
#include "sigma/load.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kNoRule{"cli.no_rule"};

// Whether the file is `path`, or lies in the folder that it is.
bool is_below(const std::string& file, const std::string& path) {
  const std::filesystem::path below = std::filesystem::path(file).lexically_relative(path);
  return !below.empty() && *below.begin() != "..";
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string holds(std::size_t num_filters, std::size_t num_others) {
  if (num_filters + num_others == 0) return "no YAML document";
  if (num_others == 0)
    return fmt::format("only {}, to change rules with", counted(num_filters, "filter"));
  if (num_filters == 0)
    return fmt::format("only {} of another kind", counted(num_others, "document"));
  return fmt::format("only {} and {} of another kind", counted(num_filters, "filter"),
                     counted(num_others, "document"));
}

}  // namespace

// What is said on the command line takes the place of what the workspace lists, never adds to it: a
// user who names one rule wants to see that one.
Result<RuleSources> rule_sources(Session& session, std::vector<std::string> more) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  const Arguments& arguments = session.arguments();
  RuleSources sources{.paths = std::move(more)};
  sources.takes_pack = arguments.declares("--pack") && arguments.has("--pack");
  if (arguments.declares("--rules")) {
    for (const std::string& path : arguments.values("--rules")) sources.paths.push_back(path);
  }
  if (sources.paths.empty() && !sources.takes_pack && *workspace != nullptr) {
    for (const workspace::DetectionSource& source : (*workspace)->detections) {
      if (!source.path.empty()) {
        sources.paths.push_back(source.path.string());
        sources.listed.push_back({source.path.string(), source.format, source.enabled_only});
      }
      if (!source.pack.empty()) sources.takes_pack = true;
    }
  }
  sources.takes_pack = sources.takes_pack || sources.paths.empty();
  return sources;
}

namespace {

void add_pack_and_link(Session& session, const RuleSources& sources,
                       const sigma::LoadOptions& options, std::vector<sigma::Document>& documents) {
  if (sources.takes_pack) {
    for (sigma::Document& document : load_pack(session, options))
      documents.push_back(std::move(document));
  }
  // Together: a filter of the user's may name a rule of the pack.
  sigma::link_documents(documents, options);
}

}  // namespace

Result<std::vector<sigma::Document>> load_rule_documents(Session& session,
                                                         const RuleSources& sources,
                                                         const sigma::Placeholders& stand_ins) {
  auto options = rule_options(session);
  if (!options) return std::unexpected(options.error());
  options->placeholders.insert(stand_ins.begin(), stand_ins.end());
  LoadReport report;
  std::vector<sigma::Document> documents = sigma::read_documents(sources.paths, *options, report);
  session.report(report);
  add_pack_and_link(session, sources, *options, documents);
  return documents;
}

Result<inventory::RuleFiles> load_rule_files(Session& session, const RuleSources& sources) {
  const auto options = rule_options(session);
  if (!options) return std::unexpected(options.error());
  LoadReport report;
  inventory::RuleFiles files = inventory::read_rule_files(sources.paths, *options, report);
  session.report(report);
  add_pack_and_link(session, sources, *options, files.documents);
  return files;
}

namespace {

// Of another format, or switched off where only what is on counts. A file that nobody could read
// stays, so that it is seen.
bool is_left_out(const inventory::Detection& detection, const ListedRules& listed) {
  const bool was_read = !detection.id.empty() || !detection.name.empty();
  if (!was_read) return false;
  return (!listed.format.empty() && detection.format != listed.format) ||
         (listed.enabled_only && !detection.enabled);
}

// What lies below several of the listed paths stays where one of them has it.
void keep_listed(const RuleSources& sources, std::vector<inventory::Detection>& detections) {
  std::erase_if(detections, [&](const inventory::Detection& detection) {
    bool is_listed = false;
    for (const ListedRules& listed : sources.listed) {
      if (!is_below(detection.path, listed.path)) continue;
      if (!is_left_out(detection, listed)) return false;
      is_listed = true;
    }
    return is_listed;
  });
}

}  // namespace

inventory::Inventory take_rule_files(inventory::RuleFiles& files, const RuleSources& sources,
                                     const inventory::References& references) {
  inventory::Inventory inventory = inventory::take_documents(files.documents, references);
  for (inventory::RuleFile& file : std::exchange(files.others, {}))
    std::ranges::move(inventory::import_rules(std::move(file), references),
                      std::back_inserter(inventory.detections));
  keep_listed(sources, inventory.detections);
  mark_duplicates(inventory.detections);
  return inventory;
}

Result<ReadDetections> read_detections(Session& session, std::vector<std::string> more) {
  if (!session.catalogue()) return std::unexpected(session.catalogue().error());
  if (!session.providers()) return std::unexpected(session.providers().error());
  const auto sources = rule_sources(session, std::move(more));
  if (!sources) return std::unexpected(sources.error());
  auto files = load_rule_files(session, *sources);
  if (!files) return std::unexpected(files.error());
  const inventory::References references{*session.catalogue(), *session.providers(),
                                         session.log_sources()};
  inventory::Inventory inventory = take_rule_files(*files, *sources, references);
  session.report(reading_problems(inventory));
  return ReadDetections{std::move(inventory.detections), std::move(files->documents)};
}

LoadReport reading_problems(const inventory::Inventory& inventory) {
  LoadReport report = inventory.report;
  for (const inventory::Detection& detection : inventory.detections) {
    for (const Problem& problem : detection.problems)
      if (inventory::is_reading_problem(problem))
        report.add(problem.severity, problem.error, problem.fix);
  }
  return report;
}

void report_paths_without_rules(Session& session, const std::vector<sigma::Document>& documents) {
  LoadReport report;
  for (const std::string& path : session.arguments().values("--rules")) {
    std::error_code unreadable;
    if (!std::filesystem::exists(path, unreadable)) continue;  // a glob, or reported already
    std::size_t num_filters = 0;
    std::size_t num_others = 0;
    bool has_rule = false;
    for (const sigma::Document& document : documents) {
      if (!is_below(document.rule.place.file, path)) continue;
      switch (document.kind) {
        case sigma::DocumentKind::kFilter: ++num_filters; break;
        case sigma::DocumentKind::kOther: ++num_others; break;
        default: has_rule = true;
      }
    }
    if (has_rule) continue;
    report.add_error(Error(kNoRule, "there is no rule here: " + holds(num_filters, num_others),
                           Place{.file = path},
                           "name a .yml file with 'detection' or 'correlation', or a folder of "
                           "them; without --rules the built-in pack is run"));
  }
  session.report(report);
}

Result<ReadRules> load_rules(Session& session, const sigma::Placeholders& stand_ins) {
  const auto& catalogue = session.catalogue(attack::Detail::kMatrix);
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  const auto sources = rule_sources(session);
  if (!sources) return std::unexpected(sources.error());
  auto documents = load_rule_documents(session, *sources, stand_ins);
  if (!documents) return std::unexpected(documents.error());
  return ReadRules{std::move(*documents), {*catalogue, *providers, session.log_sources()}};
}

}  // namespace nepho::cli
