// The state of a cell: what is known of a team's detection of one technique on one provider.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nepho::coverage {

// In the order in which they are tried: the first that holds is the cell's state (coverage-model,
// "States of a cell").
enum class State : std::uint8_t {
  kNotApplicable,  // the technique cannot be carried out on the provider
  kFailing,        // fresh tests, none alerted
  kValidated,      // fresh tests alerted, at least one on real telemetry
  kExercised,      // the same on made telemetry alone
  kPartial,        // at least one fresh alert
  kStale,          // passed once, no fresh test
  kMapped,         // a working rule, never tested
  kTelemetry,      // no working rule, but logs of the provider arrive
  kBlind,          // neither
};
inline constexpr std::size_t kNumStates = 9;

// Best first: how a legend and a bar show them. kNotApplicable is last.
inline constexpr std::array<State, kNumStates> kStatesBestFirst{
    State::kValidated, State::kExercised, State::kPartial, State::kStale,        State::kMapped,
    State::kTelemetry, State::kFailing,   State::kBlind,   State::kNotApplicable};

// The three colours of the mission, and none.
enum class Colour : std::uint8_t { kCovered, kPartial, kNone, kNotApplicable };

// "not_applicable", "mapped", ...: stable, part of the JSON form. All of these are constant tables:
// no failure, no allocation, any thread.
std::string_view to_string(State state);
// "covered", "partial", "none", "na".
std::string_view to_string(Colour colour);
// The inverse of to_string; nothing for any other text.
std::optional<State> parse_state(std::string_view text);

Colour colour_of(State state);

// 0 (blind) to 100 (validated), as in a layer; none where the technique does not apply. A cell is
// weaker than another when its score is lower.
std::optional<int> score_of(State state);

}  // namespace nepho::coverage
