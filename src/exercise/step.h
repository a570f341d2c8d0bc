// What is done in a play: calls, by whom, from where, when. The parts of procedures, look-alikes
// and background that the player plays.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/place.h"
#include "exercise/draws.h"
#include "exercise/tree.h"

namespace nepho::exercise {

// Where a call comes from: names of the provider's `addresses` and `agents`, or texts that stand
// for themselves (an address, a host, a whole user agent). Empty: as whoever is above says.
struct From {
  std::string address;
  std::string agent;
};

// One call, or the same for several operations, once or repeated.
struct Step {
  std::vector<std::string> calls;  // operation ids, "iam:CreateUser"
  std::string as;                  // a principal; empty: the scenario's
  From from;
  std::optional<std::chrono::seconds> after;  // the step before; empty: a few seconds, drawn
  std::size_t times = 1;
  std::optional<std::chrono::seconds> every;  // between repetitions; empty: drawn
  std::string error;                          // a code: the call fails with it
  Tree attributes =
      mapping_tree();  // a mapping laid over the operation's: request, response, region, ...
  Tree record = mapping_tree();  // a mapping laid over the finished record
  Place place;
};

// A row of steps that belong together.
struct Scenario {
  std::string name;
  std::string as;  // a principal
  From from;
  ValueDefinitions values;  // of its own, before the provider's
  std::vector<Step> steps;
};

// A piece of ordinary work: steps in a row, `share` times as often as one with the share 1.
struct Routine {
  std::size_t share = 1;
  std::vector<Step> steps;
};

// What comes about in a whole company once in so many workdays: steps in a row.
struct Occasion {
  std::size_t workdays = 1;
  std::vector<Step> steps;
};

// Ordinary work on a provider.
struct Work {
  std::vector<Routine> routines;  // of people, all day long
  std::vector<Occasion> occasions;
};

// A step may repeat this often: enough for a burst that any threshold sees.
inline constexpr std::size_t kMaxTimes = 1'000;
// And a scenario have this many steps. Together with the size of a record they bound a play.
inline constexpr std::size_t kMaxSteps = 100;

}  // namespace nepho::exercise
