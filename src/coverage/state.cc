#include "coverage/state.h"

#include <algorithm>

namespace nepho::coverage {
namespace {

// One row a state holds all that a state alone decides; what it looks like is appearance.cc's.
struct Row {
  std::string_view name;
  Colour colour;
  int score;  // coverage-model.md, "Navigator layers"
};

// By the value of State.
constexpr std::array<Row, kNumStates> kRows{{
    {"not_applicable", Colour::kNotApplicable, -1},
    {"failing", Colour::kNone, 5},
    {"validated", Colour::kCovered, 100},
    {"exercised", Colour::kPartial, 75},
    {"partial", Colour::kPartial, 60},
    {"stale", Colour::kPartial, 45},
    {"mapped", Colour::kPartial, 35},
    {"telemetry", Colour::kNone, 15},
    {"blind", Colour::kNone, 0},
}};

// The order of kRows is that of the enumeration; a test reads every name back.
const Row& row_of(State state) { return kRows[static_cast<std::size_t>(state)]; }

}  // namespace

std::string_view to_string(State state) { return row_of(state).name; }

std::string_view to_string(Colour colour) {
  switch (colour) {
    case Colour::kCovered: return "covered";
    case Colour::kPartial: return "partial";
    case Colour::kNone: return "none";
    case Colour::kNotApplicable: return "na";
  }
  return "na";
}

// Nine names: a walk through them is as fast as any table.
std::optional<State> parse_state(std::string_view text) {
  const auto found = std::ranges::find(kRows, text, &Row::name);
  if (found == kRows.end()) return std::nullopt;
  return static_cast<State>(found - kRows.begin());
}

Colour colour_of(State state) { return row_of(state).colour; }

std::optional<int> score_of(State state) {
  const int score = row_of(state).score;
  return score < 0 ? std::nullopt : std::optional(score);
}

}  // namespace nepho::coverage
