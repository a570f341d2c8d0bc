// nepho validate --alerts: what other products alerted on, held against what was played.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "exercise/alert_match.h"
#include "exercise/judge.h"
#include "exercise/watched_play.h"
#include "text/json_writer.h"

namespace nepho::cli {

// --alerts, --since.
std::vector<Option> alert_options();

// What became of the alerts that were read: each is in one of the numbers.
struct AlertTally {
  std::map<std::string, std::size_t> by_form;
  std::size_t num_read = 0;
  std::size_t num_joined = 0;
  std::size_t num_weak = 0;     // of those, by technique and time and at most the account
  std::size_t num_earlier = 0;  // before --since
  // Alerts without a play, and those that fit several, with why: "file:line: title".
  std::vector<std::string> unmatched;
  std::vector<std::string> ambiguous;

  // The numbers as a note, and below it the first alerts that count for nothing.
  void say(Session& session) const;
  // As a member "alerts" of the object that is being written.
  void write(text::JsonWriter& json) const;
};

struct AlertOutcome {
  std::vector<exercise::Judgement> judgements;
  AlertTally tally;
};

// --since as a time; nothing when it was not given. Fails on what is no date, and on one that is
// still to come.
Result<std::optional<Instant>> alerts_since(const Session& session);

// Reads all files of --alerts. Fails when one of them cannot be read or holds none: what was seen
// would count as missed. What is wrong with single alerts is reported.
Result<std::vector<alert::Alert>> read_alert_files(Session& session);

// Judges the plays by the files of --alerts.
Result<AlertOutcome> judge_plays(Session& session, const std::vector<exercise::WatchedPlay>& plays);

// --alerts with --telemetry and --cases: logs that another product saw too.
Result<AlertOutcome> judge_fed_logs(Session& session);

}  // namespace nepho::cli
