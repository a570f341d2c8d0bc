#include "cli/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "sigma/errors.h"

namespace nepho::cli {
namespace {

// What the absence of one placeholder's values costs.
struct Cost {
  std::size_t num_not_run = 0;
  std::size_t num_wider = 0;  // run without an exception
};

// Where nephometer.yml has the values: "account_ids" of a rule in rules/aws/ under providers.aws.
std::string key_of(const std::string& name, const std::string& path) {
  for (const std::string_view own : {"sectors", "countries", "domains", "networks"}) {
    if (name == own) return "organisation." + name;
  }
  for (const std::string_view list :
       {"account_ids", "organization_id", "tenant_ids", "subscription_ids", "project_ids",
        "services", "crown_jewels", "provisioning_principals", "trusted_external_accounts",
        "log_buckets"}) {
    if (name != list) continue;
    const std::size_t begin = path.find('/') + 1;  // behind "rules/"
    return "providers." + path.substr(begin, path.find('/', begin) - begin) + "." + name;
  }
  return "placeholders." + name;
}

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} rule{} {}", count, count == 1 ? "" : "s", what);
}

void say(Session& session, const std::map<std::string, Cost>& costs) {
  for (const auto& [key, cost] : costs) {
    std::string line = fmt::format("pack: fill in {} in nephometer.yml: without it ", key);
    if (cost.num_not_run != 0) {
      line += count_of(cost.num_not_run, cost.num_not_run == 1 ? "is not run" : "are not run");
      if (cost.num_wider != 0) line += ", and ";
    }
    if (cost.num_wider != 0) {
      line += count_of(cost.num_wider, cost.num_wider == 1 ? "alerts on more than it should"
                                                           : "alert on more than they should");
    }
    session.messages().note(line);
  }
}

}  // namespace

std::vector<sigma::Document> load_pack(Session& session, const sigma::LoadOptions& options) {
  const auto files = session.knowledge().list("rules/");
  if (files.empty()) {
    session.messages().note(
        "the built-in pack has no rules in this version: give some with --rules");
  }
  std::vector<sigma::Document> pack;
  std::map<std::string, Cost> costs;
  for (const KnowledgeFile* file : files) {
    for (sigma::Document& document : sigma::parse_documents(file->content, file->place, options)) {
      excuse_missing_values(document);
      for (const std::string& name : document.missing_placeholders.needed)
        ++costs[key_of(name, file->path)].num_not_run;
      if (document.is_runnable) {
        for (const std::string& name : document.missing_placeholders.optional)
          ++costs[key_of(name, file->path)].num_wider;
      }
      pack.push_back(std::move(document));
    }
  }
  say(session, costs);
  return pack;
}

void excuse_missing_values(sigma::Document& document) {
  const bool has_other_errors = std::ranges::any_of(document.problems, [](const Problem& problem) {
    return problem.severity == Severity::kError && problem.error.code != sigma::kMissingPlaceholder;
  });
  if (has_other_errors) return;
  for (Problem& problem : document.problems) {
    if (problem.error.code == sigma::kMissingPlaceholder) problem.severity = Severity::kNote;
  }
}

}  // namespace nepho::cli
