// All that can be changed about one attack: the mutants that rules are held against.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exercise/mutate_schema.h"
#include "exercise/mutation.h"
#include "exercise/play.h"
#include "exercise/played.h"
#include "exercise/procedure.h"
#include "plan/plan.h"

namespace nepho::exercise {

// One change of one attack, in all its variants; each differs from the attack in a record that is
// not only of its preparation.
struct Mutation {
  std::string id;  // of the change
  By by = By::kAttacker;
  std::string what;  // ends "this rule dies if ..."
  std::string path;  // kProvider: of the one field that is changed; else empty
  std::vector<std::vector<Record>> mutants;
};

// What the mutants of an attack are made from. `played` is what `play` gave for the procedure.
struct Attack {
  const Procedure& procedure;
  const Stage& stage;
  const Played& played;
};

// The changes that concern the attack, in the order of the provider's file: single values, lists,
// policies and steps; then other calls, then other callers.
std::vector<Mutation> attacker_mutations(const Attack& attack, const ProviderMutations& known,
                                         const plan::Plan& plan);

// What the provider's file names of kProvider; then each change of form (mutate_schema.h) of each
// of the fields at `paths` that some record has. Paths below each other are changes of their own.
std::vector<Mutation> provider_mutations(const Attack& attack, const ProviderMutations& known,
                                         const plan::Plan& plan,
                                         const std::set<std::string>& paths);

// The paths at which some of the plays differ from the one before, record by record, as their
// values are read.
std::set<std::string> differences(const Played& before,
                                  const std::vector<std::vector<Record>>& mutants,
                                  const event::LineForms& forms);

}  // namespace nepho::exercise
