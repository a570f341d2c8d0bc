#include "cli/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "sigma/errors.h"
#include "text/yaml_pack.h"

namespace nepho::cli {
namespace {

// What the absence of values costs, in rules.
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

// Of the whole pack; a rule may lack several values.
struct Losses {
  std::map<std::string, Cost> by_key;  // of nephometer.yml
  Cost rules;                          // each once
};

std::string cost_in_words(const Cost& cost) {
  std::string text;
  if (cost.num_not_run != 0) {
    text += count_of(cost.num_not_run, cost.num_not_run == 1 ? "is not run" : "are not run");
  }
  if (cost.num_wider != 0) {
    text += text.empty() ? "" : ", and ";
    text += count_of(cost.num_wider, cost.num_wider == 1 ? "alerts on more than it should"
                                                         : "alert on more than they should");
  }
  return text;
}

// Who has no workspace has no file to fill in: one line tells of all, and what to do first.
void say(Session& session, const Losses& losses) {
  const auto workspace = session.workspace();
  const bool has_workspace = !workspace || *workspace != nullptr;
  if (!has_workspace && !losses.by_key.empty()) {
    session.messages().note(
        fmt::format("pack: {}, since nothing is known of your organisation; 'nepho init' makes a "
                    "workspace that says it (-v: what is missing)",
                    cost_in_words(losses.rules)));
  }
  for (const auto& [key, cost] : losses.by_key) {
    const std::string line =
        fmt::format("pack: fill in {} in nephometer.yml: without it {}", key, cost_in_words(cost));
    if (has_workspace) {
      session.messages().note(line);
    } else {
      session.messages().detail(line);
    }
  }
}

void add(const sigma::Document& document, const std::string& path, Losses& losses) {
  const auto& missing = document.missing_placeholders;
  for (const std::string& name : missing.needed) ++losses.by_key[key_of(name, path)].num_not_run;
  losses.rules.num_not_run += missing.needed.empty() ? 0 : 1;
  if (!document.is_runnable) return;
  for (const std::string& name : missing.optional) ++losses.by_key[key_of(name, path)].num_wider;
  losses.rules.num_wider += missing.optional.empty() ? 0 : 1;
}

}  // namespace

std::vector<sigma::Document> load_pack(Session& session, const sigma::LoadOptions& options) {
  const auto files = session.knowledge().list("rules/");
  if (files.empty()) {
    session.messages().note(
        "the built-in pack has no rules in this version: give some with --rules");
  }
  std::vector<sigma::Document> pack;
  Losses losses;
  for (const KnowledgeFile* file : files) {
    for (sigma::Document& document :
         sigma::parse_documents(text::read_yaml_stream(*file), file->place, options)) {
      excuse_missing_values(document);
      add(document, std::string(file->path), losses);
      pack.push_back(std::move(document));
    }
  }
  say(session, losses);
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
