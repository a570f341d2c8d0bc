// The verdicts on what was played, from the alerts that belong to it or from what a person says.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "exercise/alert_match.h"
#include "exercise/judge.h"
#include "exercise/watched_play.h"

namespace nepho::exercise {

// The rule behind an alert.
struct AlertRule {
  std::string id;  // as a trial names it: the workspace's, or "product: rule" of an opaque one
  std::string title;
  std::string hash;                     // of the workspace's rule; empty for an opaque one
  std::vector<std::string> techniques;  // that it counts for, current ids
  bool is_informational = false;        // it reaches nobody: no alert
};

struct AlertTrial {
  std::span<const alert::Alert> alerts;
  std::span<const AlertRule> rules;  // by alert
  std::span<const WatchedPlay> plays;
  const Matches& matches;
  std::optional<Instant> since;
  std::optional<std::chrono::seconds> alert_within;  // none: no alert is late
  // The rules that are known, whether they alerted or not: a technique that none of them names is a
  // gap. Empty: the product's rules are not known, and it is expected to see all.
  std::span<const std::vector<std::string>> known_techniques;
};

// One judgement for each play that is no look-alike, in their order. Alerts come before what a
// person says; without both, a play that took place was not seen. What did not take place is the
// verdict kNotPlayed and its outcome kError, so that nobody counts it as a miss. Evidence of a live
// attack has the time at which all its alerts are in, for the caller to take back to now, and the
// digest of the alerts that belong to it.
//
// Latency is from the play's begin (or from `since`, when its logs were given to the product then)
// to the first alert of a rule that counts; made records have drawn times, and are never late.
// Rules that alerted have a trial each; that a rule of another product was made for the events and
// stayed silent cannot be known, so silent ones have none.
std::vector<Judgement> judge_by_alerts(const AlertTrial& trial);

}  // namespace nepho::exercise
