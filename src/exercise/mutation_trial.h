// Holds rules against the mutants of the attacks that they see, and says which they survive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "exercise/judge.h"
#include "exercise/mutate.h"
#include "exercise/rule_book.h"

namespace nepho::exercise {

// Changes of attacks: how often one was tried on an attack that the rule sees, and how often the
// rule saw the attack still, in every variant of the change.
struct Tally {
  std::size_t applied = 0;
  std::size_t survived = 0;

  // 0..1; nothing where nothing was tried.
  std::optional<double> score() const;
  bool operator==(const Tally&) const = default;
};

// A change that a rule did not survive.
struct Death {
  std::string change;  // its id
  By by = By::kAttacker;
  std::string what;                     // ends "this rule dies if ..."
  std::set<std::string> fields;         // that were changed and that the rule looks at
  std::vector<std::string> procedures;  // in which it died, in the order of the plays
};

// What came of one rule.
struct RuleTrial {
  std::uint32_t rule = 0;               // index into the book's claims
  std::vector<std::string> procedures;  // in which it fires as they are played
  Tally attacker;
  Tally touching;  // of the attacker's: those that change a field the rule looks at
  Tally provider;
  std::vector<Death> deaths;  // the attacker's first; then those in most procedures; then by text
};

// The same of a change, over all rules.
struct ChangeTrial {
  std::string change;
  By by = By::kAttacker;
  Tally tally;
};

// Plays attacks and their mutants. Pure but for the engine's memory; one owner, no threads. Cost:
// an attack is played some 60 times.
class MutationTrial {
 public:
  // All must outlive it.
  MutationTrial(const RuleBook& rules, const Mutations& mutations, IsReceived is_received);

  // Fails as play() and Judge::fired_on() do; what was found before stays. A mutant that is not
  // read as a record of its log source any more counts for no rule: of that log it says nothing.
  Result<void> add(const Procedure& procedure, const Stage& stage);

  // Of every rule that could fire, in the order of the book.
  std::vector<RuleTrial> rules() const;
  // By id.
  std::vector<ChangeTrial> changes() const;
  std::size_t num_mutants() const { return num_mutants_; }
  // Of these no rule was asked: they are no longer read as records of their log source.
  std::size_t num_unrecognised() const { return num_unrecognised_; }

 private:
  struct OneRule {
    std::vector<std::string> procedures;
    Tally attacker;
    Tally touching;
    Tally provider;
    std::map<std::pair<std::string, std::string>, Death> deaths;  // by change and what
  };
  // The rules that fire on an attack, each with the paths in it that the rule looks at.
  using Firing = std::map<std::uint32_t, std::set<std::string>>;
  void hold_against(const Mutation& mutation, const Firing& firing, const Attack& attack);
  // The rules that did not see some mutant.
  std::set<std::uint32_t> blind_to(const Mutation& mutation, const Firing& firing,
                                   std::size_t& num_read);
  void note_death(const Mutation& mutation, const Attack& attack, std::set<std::string> fields,
                  std::uint32_t rule);
  const std::set<std::string>& paths_of_rule(std::uint32_t rule, std::string_view log_source);
  std::set<std::string> paths_in(std::uint32_t rule, const Played& played);

  const RuleBook& rules_;
  const Mutations& mutations_;
  Judge judge_;
  std::vector<std::set<std::string>> fields_;  // by rule
  std::map<std::pair<std::uint32_t, const event::LogSource*>, std::set<std::string>> paths_;
  std::vector<OneRule> trials_;  // by rule
  std::map<std::pair<std::string, By>, Tally> changes_;
  std::size_t num_mutants_ = 0;
  std::size_t num_unrecognised_ = 0;
};

// The middle score over the rules that have one; nothing where none has.
std::optional<double> median_score(std::span<const RuleTrial> rules, Tally RuleTrial::* tally);

}  // namespace nepho::exercise
