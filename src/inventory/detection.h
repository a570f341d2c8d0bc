// A rule as the inventory knows it, whatever its format: what it claims to detect, and for whom.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"

namespace nepho::inventory {

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
};

}  // namespace nepho::inventory
