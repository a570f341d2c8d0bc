#include "cli/play_setup.h"

#include "cli/rule_options.h"

namespace nepho::cli {

exercise::Stage PlaySetup::stage_of(const exercise::Procedure& procedure) const {
  const std::string& provider = procedure.facts.provider;
  return {*exercises.operations.find(provider), contexts.at(provider), seed, start};
}

Result<std::unique_ptr<PlaySetup>> set_up_plays(Session& session) {
  auto setup = std::make_unique<PlaySetup>();
  auto exercises = load_exercises(session);
  if (!exercises) return std::unexpected(exercises.error());
  setup->exercises = *std::move(exercises);
  const auto stand_ins = invented_organisation(session);
  if (!stand_ins) return std::unexpected(stand_ins.error());
  if (!stand_ins->empty()) {
    session.messages().note(
        "no workspace: the attacks are played in an invented organisation, "
        "and its accounts, networks and principals stand in for yours");
  }
  auto rules = load_rules_on_trial(session, *stand_ins);
  if (!rules) return std::unexpected(rules.error());
  setup->rules = *std::move(rules);
  const auto is_received = received_logs(session);
  if (!is_received) return std::unexpected(is_received.error());
  setup->is_received = *is_received;
  const auto seed = exercise_seed(session);
  if (!seed) return std::unexpected(seed.error());
  setup->seed = *seed;
  setup->start = Instant(session.as_of()) - std::chrono::hours(1);
  for (const auto& procedure : setup->exercises.procedures) {
    const std::string& provider = procedure.facts.provider;
    if (setup->contexts.contains(provider)) continue;
    auto context = exercise_context(session, provider);
    if (!context) return std::unexpected(context.error());
    context->lists.insert(stand_ins->begin(), stand_ins->end());
    setup->contexts[provider] = *std::move(context);
  }
  return setup;
}

}  // namespace nepho::cli
