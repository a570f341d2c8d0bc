// The rules that `validate` holds procedures and logs against.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "exercise/judge.h"
#include "exercise/rule_book.h"
#include "plan/plan.h"
#include "sigma/load.h"
#include "sigma/rule.h"

namespace nepho::cli {

// Owns what the book views; not to be moved once made.
struct RulesOnTrial {
  std::vector<sigma::Rule> rules;
  std::unique_ptr<plan::Plan> plan;
  std::unique_ptr<exercise::RuleBook> book;
};

// What --rules, --pack or the workspace say, as `detect` would run it. Rules that cannot run, or
// are off by their status, stand in the book as gated with the reason. Problems are reported.
// `stand_ins` serve for placeholders without values.
Result<std::unique_ptr<RulesOnTrial>> load_rules_on_trial(Session& session,
                                                          const sigma::Placeholders& stand_ins);

// What arrives: the log sources that the workspace lists with a coverage above 0; everything where
// there is no workspace or it lists none.
Result<exercise::IsReceived> received_logs(Session& session);

}  // namespace nepho::cli
