// All that a command needs to play procedures against rules.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/exercises.h"
#include "cli/rules_on_trial.h"
#include "cli/session.h"
#include "exercise/judge.h"

namespace nepho::cli {

// Not to be moved once made: stages look into it.
struct PlaySetup {
  Exercises exercises;
  std::unique_ptr<RulesOnTrial> rules;
  exercise::IsReceived is_received;
  std::map<std::string, exercise::Context> contexts;  // by provider
  std::uint64_t seed = 1;
  Instant start;

  exercise::Stage stage_of(const exercise::Procedure& procedure) const;
};

// What the arguments and the workspace say. Without a workspace the attacks are played in an
// invented organisation, which is said on stderr. What is to be played is read before the rules: a
// mistyped id is soonest mended.
Result<std::unique_ptr<PlaySetup>> set_up_plays(Session& session);

}  // namespace nepho::cli
