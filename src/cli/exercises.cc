#include "cli/exercises.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/printable.h"
#include "text/nearest.h"
#include "workspace/provider_lists.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

using exercise::Procedure;

constexpr ErrorCode kUsageError{"cli.usage"};
constexpr ErrorCode kUnknownProcedure{"cli.unknown_procedure"};

bool is_of(std::string_view technique, std::string_view wanted) {
  return technique == wanted || (technique.starts_with(wanted) && technique[wanted.size()] == '.');
}

std::string what_there_is(std::vector<std::string_view> known) {
  constexpr std::size_t kMostNamed = 10;
  std::ranges::sort(known);
  const auto repeats = std::ranges::unique(known);
  known.erase(repeats.begin(), repeats.end());
  if (known.size() <= kMostNamed) return fmt::format("there are: {}", fmt::join(known, ", "));
  return fmt::format("there are {}, as {}; 'nepho simulate --list' names all", known.size(),
                     known.front());
}

// Each value of an option must mean some procedure; a typing error must not play nothing.
template <typename Means>
Result<void> check_each(const std::vector<std::string>& values,
                        const std::vector<Procedure>& procedures, std::string_view what,
                        Means means, std::vector<std::string_view> known) {
  for (const std::string& value : values) {
    const auto is_meant = [&](const Procedure& procedure) { return means(procedure, value); };
    if (std::ranges::any_of(procedures, is_meant)) continue;
    std::string hint = text::did_you_mean(value, known);
    if (hint.empty()) hint = what_there_is(known);
    return fail(kUnknownProcedure, fmt::format("no {}: {}", what, escape_for_log(value)), {},
                std::move(hint));
  }
  return {};
}

template <typename Get>
std::vector<std::string_view> all_of(const std::vector<Procedure>& procedures, Get get) {
  std::vector<std::string_view> all;
  for (const Procedure& procedure : procedures) all.push_back(get(procedure));
  return all;
}

}  // namespace

std::vector<Option> exercise_options() {
  return {
      {.name = "--technique",
       .value_name = "ID",
       .help = "procedures of this technique, or of its sub-techniques",
       .repeatable = true},
      {.name = "--provider",
       .value_name = "P",
       .help = "procedures on this provider",
       .repeatable = true},
      {.name = "--seed",
       .value_name = "N",
       .help = "draw other users, keys and addresses (default 1); the same seed, the same bytes",
       .kind = ValueKind::kCount}};
}

Positional procedure_positional() {
  return {.name = "PROCEDURE",
          .help = "ids of procedures, as aws.persistence.create-user (default: all)",
          .min_count = 0,
          .max_count = Positional::kAny};
}

Exercises load_all_exercises(Session& session) {
  LoadReport report;
  Exercises exercises;
  exercises.operations = exercise::Operations::load(session.knowledge(), report);
  exercises.procedures =
      exercise::load_procedures(session.knowledge(), exercises.operations, report);
  session.report(report);
  std::ranges::sort(exercises.procedures, {},
                    [](const Procedure& p) -> std::string_view { return p.facts.id; });
  return exercises;
}

Result<Exercises> load_exercises(Session& session) {
  Exercises exercises = load_all_exercises(session);
  auto& procedures = exercises.procedures;
  const Arguments& arguments = session.arguments();
  const auto& ids = arguments.values("PROCEDURE");
  const auto& techniques = arguments.values("--technique");
  const auto& providers = arguments.values("--provider");
  const auto by_id = [](const Procedure& p, std::string_view id) { return p.facts.id == id; };
  const auto by_technique = [](const Procedure& p, std::string_view id) {
    return is_of(p.facts.technique, id);
  };
  const auto by_provider = [](const Procedure& p, std::string_view id) {
    return p.facts.provider == id;
  };
  for (const auto& checked :
       {check_each(
            ids, procedures, "such procedure", by_id,
            all_of(procedures, [](const Procedure& p) -> std::string_view { return p.facts.id; })),
        check_each(
            techniques, procedures, "procedure of this technique", by_technique,
            all_of(procedures,
                   [](const Procedure& p) -> std::string_view { return p.facts.technique; })),
        check_each(providers, procedures, "procedure on this provider", by_provider,
                   all_of(procedures, [](const Procedure& p) -> std::string_view {
                     return p.facts.provider;
                   }))}) {
    if (!checked) return std::unexpected(checked.error());
  }
  std::erase_if(procedures, [&](const Procedure& procedure) {
    const auto fits = [&](const std::vector<std::string>& values, auto means) {
      return values.empty() || std::ranges::any_of(values, [&](const std::string& value) {
               return means(procedure, value);
             });
    };
    return !fits(ids, by_id) || !fits(techniques, by_technique) || !fits(providers, by_provider);
  });
  return exercises;
}

Result<exercise::Context> exercise_context(Session& session, std::string_view provider) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  exercise::Context context;
  if (*workspace == nullptr) return context;
  context.lists["domains"] = (*workspace)->organisation.domains;
  context.lists["networks"] = (*workspace)->organisation.networks;
  for (const auto& [name, values] : (*workspace)->own_placeholders) context.lists[name] = values;
  const workspace::ProviderUse* use = (*workspace)->find_provider(provider);
  if (use == nullptr) return context;
  for (const auto& [name, list] : workspace::kProviderLists) {
    context.lists[std::string(name)] = use->*list;
  }
  return context;
}

Result<std::uint64_t> exercise_seed(const Session& session) {
  const std::string text = session.arguments().value_or("--seed", "1");
  const auto seed = parse_count(text);
  if (!seed) return fail(kUsageError, "--seed takes a whole number, not: " + escape_for_log(text));
  return *seed;
}

}  // namespace nepho::cli
