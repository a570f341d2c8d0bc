// The rules behind alerts of other products: the workspace's own where they are known, else opaque.
#pragma once

#include <string>
#include <vector>

#include "alert/alert.h"
#include "base/result.h"
#include "cli/session.h"
#include "exercise/alert_judge.h"

namespace nepho::cli {

struct AlertRules {
  std::vector<exercise::AlertRule> rules;  // by alert
  // Of every rule that is known, whether it alerted or not; empty where none is.
  std::vector<std::vector<std::string>> known_techniques;
};

// In this order: a rule of the workspace (or of --rules and --pack), of any format, that the alert
// names by its id or, where one rule alone has it, by its name: its mapping and its hash count, as
// they do in the coverage; a rule of another product, with the techniques that the alert names; a
// type of alert of a provider's own detector (GuardDuty), with what that claims. Retired techniques
// become their successors, unknown ones none. Problems of rules are reported.
Result<AlertRules> rules_of_alerts(Session& session, const std::vector<alert::Alert>& alerts);

}  // namespace nepho::cli
