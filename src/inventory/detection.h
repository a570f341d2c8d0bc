// A rule as the inventory knows it, whatever its format: what it claims to detect, and for whom.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/place.h"
#include "base/problem.h"

namespace nepho::inventory {

// The rule that another is a copy of.
struct Duplicate {
  std::string id;  // may be empty
  Place place;
};

// A technique that the events in a rule's text suggest (suggest.h).
struct Suggestion {
  std::string technique;
  double confidence = 0;  // 0..1
  std::vector<std::string>
      events;  // the reason: those that mean it, as knowledge/decisive/ has them
};

// One technique or tactic of a rule's mapping.
struct Mapping {
  std::string written;  // as the rule has it: "T1562.008", "Defense Evasion"
  std::string current;  // what it counts as: "T1685.002", "TA0112"; empty when it counts nothing
  bool is_tactic = false;
  std::size_t line = 0;
  std::size_t column = 0;
  // What is to stand there instead of `written` and, where the rule has one, of the name beside it.
  // Empty where nothing is amiss or only a person can tell.
  std::string wanted = {};
  std::string wanted_name = {};
};

// The fields of cli.md's "Detection"; see there for their meaning. A plain value.
struct Detection {
  std::string id;
  std::string name;
  std::string format;  // "sigma", "elastic", ...
  std::string path;
  std::vector<std::string> providers;    // sorted, without repeats, as are the three below
  std::vector<std::string> log_sources;  // "aws.cloudtrail"
  std::vector<std::string> techniques;   // current ids
  std::vector<std::string> tactics;      // "TA0003"
  std::optional<std::string> level;      // "informational" ... "critical"
  std::string status;                    // "stable", "test", ...
  bool enabled = true;
  bool runnable = false;  // our engine can evaluate it
  // It only feeds correlations (sigma::Rule::is_silent): they alert, and it counts nowhere.
  bool is_silent = false;
  std::string hash;  // of what it tests (sigma/digest.h); empty where we cannot look into it
  std::string last_changed;       // "2024-03-01", where the rule says; empty where it does not
  std::vector<Mapping> mappings;  // in the order of the rule
  std::vector<Problem> problems;

  std::vector<Suggestion> suggestions;  // where they were asked for; the likeliest first

  std::size_t line = 0;     // where it begins in its file; 0 where nobody knows
  std::string fingerprint;  // of its text (duplicates.h); empty for Sigma's, which have a hash
  std::string upstream;     // the id of the rule that it says it was made from
  // What duplicates.h found; all empty for a rule that has no copy. Rules of one group are one.
  std::string group;
  std::vector<std::string> also_known_as;  // other ids of the group, the first 20
  std::optional<Duplicate> duplicate_of;   // the one that stands for it
};

}  // namespace nepho::inventory
