// Attacks that a person is to carry out on an estate of her own: what was planned, kept from the
// call that says what to run to the one that takes the outcome (docs/schemas/live-plan.json).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace nepho::exercise {

struct PlannedPlay {
  std::string run;  // a UUID that its calls bear in their user agent, where they can
  std::string procedure;
  std::string name;
  std::string technique;
  std::string provider;
  std::string stratus;                // the Stratus technique that carries it out; may be empty
  std::vector<std::string> commands;  // lines of a shell script
  // For the person to fill in: whoever the attack is carried out by, so that alerts can be told to
  // be of it.
  std::string account;
  std::string actor;
  std::string address;
  bool operator==(const PlannedPlay&) const = default;
};

// A plain value.
struct LivePlan {
  Instant made;
  std::vector<PlannedPlay> plays;
  bool operator==(const LivePlan&) const = default;
};

// As JSON, for people to look at and to fill in.
std::string to_json(const LivePlan& plan);
// The inverse. Fails with kBadPlan at its place, or text's codes where it is no JSON. Texts are
// bounded; at most kMaxPlays.
Result<LivePlan> parse_live_plan(std::string text, const std::string& file);

// More than any exercise has; the catalogue has 349.
inline constexpr std::size_t kMaxPlays = 10'000;

// A UUID (version 8 of RFC 9562, whose bits are anybody's own) for one run of a procedure: the same
// for the same time and procedure, like no other otherwise.
std::string run_id(Instant time, std::string_view procedure);

}  // namespace nepho::exercise
