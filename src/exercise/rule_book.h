// The rules that are on trial, and what is known of each beside its text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace nepho::exercise {

// What a running rule claims. By index like plan.rules().
struct RuleClaim {
  std::string id;
  std::string title;
  std::vector<std::string> techniques;  // current ids
  std::string hash;                     // sigma/digest.h
  bool is_alert = true;  // of a level that reaches somebody (low or above), and with findings
};

// A rule that cannot fire, whatever is played, and why.
struct GatedRule {
  std::string id;
  std::string title;
  std::vector<std::string> techniques;
  std::string reason;
};

// Views what outlives it. Immutable.
struct RuleBook {
  const plan::Plan& plan;
  std::vector<RuleClaim> claims;  // by rule
  std::vector<GatedRule> gated;
};

// Whether a rule that names `claimed` counts for a procedure of `technique`: it names it, or, for a
// sub-technique, its parent (coverage-model, "Roll-up": once a rule of the parent has alerted on a
// procedure of the sub, that counts for the sub). A rule of a sub does not count for its parent.
bool counts_for(const std::vector<std::string>& claimed, std::string_view technique);

}  // namespace nepho::exercise
