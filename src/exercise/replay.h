// Labelled logs played back: which attacks in them raise an alert, and why the others do not.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "exercise/cases.h"
#include "exercise/judge.h"
#include "exercise/rule_book.h"

namespace nepho::exercise {

// What was found in logs that others, or `simulate`, labelled.
struct Replay {
  std::vector<Judgement> judgements;  // of the cases that should alert, in their order
  std::size_t num_lookalikes = 0;
  // Look-alikes on which a rule of their technique fired: "case: title of the rule".
  std::vector<std::string> noisy;
  LoadReport report;  // files that could not be read
};

// When an alert is late: the time that was agreed, and how late each log source's events come.
struct AgreedTime {
  std::optional<std::chrono::seconds> alert_within;                  // none: no alert is late
  std::map<std::string, std::chrono::seconds, std::less<>> latency;  // by log source
};

// Runs the rules over the files below `folder` that the cases name, through the engine as `detect`
// runs it, each event as often as it is there. Evidence is of the kind replay, but of what
// `simulate` wrote (source "nephometer") synthetic: records that a program made prove no more for
// having been in a file.
//
// A case with several techniques is judged by the first that a rule which fired counts for. A
// look-alike whose name begins with a case's name and ": " is the look-alike of that case.
//
// An alert comes as long after the attack as the time from the case's first event to the first one
// on which the rule fired, and the latency of that event's log source. Made records have times that
// a program drew: on them no alert is late.
Replay replay(const std::vector<LabelledLines>& cases, const std::filesystem::path& folder,
              const RuleBook& rules, const IsReceived& is_received, std::size_t num_threads,
              const AgreedTime& agreed = {});

}  // namespace nepho::exercise
