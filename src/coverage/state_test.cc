#include "coverage/state.h"

#include <gtest/gtest.h>

#include <set>

#include "coverage/appearance.h"
#include "text/display_width.h"

namespace nepho::coverage {
namespace {

TEST(State, NamesReadBackAsTheStateTheyName) {
  for (const State state : kStatesBestFirst) EXPECT_EQ(parse_state(to_string(state)), state);
  EXPECT_FALSE(parse_state("covered"));
}

TEST(State, EveryStateStandsOnceInTheLegendOrder) {
  const std::set<State> states(kStatesBestFirst.begin(), kStatesBestFirst.end());
  EXPECT_EQ(states.size(), kNumStates);
}

TEST(State, ScoresAreWholeNumbersFrom0To100InOrderOfTrust) {
  EXPECT_EQ(score_of(State::kBlind), 0);
  EXPECT_EQ(score_of(State::kMapped), 35);
  EXPECT_EQ(score_of(State::kValidated), 100);
  EXPECT_LT(score_of(State::kFailing), score_of(State::kTelemetry));
  EXPECT_LT(score_of(State::kStale), score_of(State::kPartial));
  EXPECT_FALSE(score_of(State::kNotApplicable));
}

TEST(State, OnlyProofOnRealTelemetryIsCovered) {
  for (const State state : kStatesBestFirst) {
    EXPECT_EQ(colour_of(state) == Colour::kCovered, state == State::kValidated);
  }
  EXPECT_EQ(to_string(colour_of(State::kMapped)), "partial");
  EXPECT_EQ(to_string(colour_of(State::kFailing)), "none");
}

// Relative luminance and contrast as WCAG 2.2 defines them.
double luminance(std::string_view hex) {
  const auto channel = [&](std::size_t at) {
    const double c = std::stoi(std::string(hex.substr(at, 2)), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

TEST(Appearance, TextOnEveryFillHasTheContrastThatWcagAsksFor) {
  for (const State state : kStatesBestFirst) {
    const Appearance& look = appearance_of(state);
    const double a = luminance(look.fill);
    const double b = luminance(look.text);
    EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 4.5) << to_string(state);
  }
}

TEST(Appearance, NoTwoStatesShareAGlyphOrAFill) {
  std::set<std::string_view> glyphs;
  std::set<std::string_view> fills;
  for (const State state : kStatesBestFirst) {
    glyphs.insert(appearance_of(state).glyph);
    fills.insert(appearance_of(state).fill);
  }
  EXPECT_EQ(glyphs.size(), kNumStates);
  EXPECT_EQ(fills.size(), kNumStates);
}

TEST(State, NoOtherTextReadsAsAState) {
  for (const char* other : {"", "Mapped", "mapped ", "map", "unknown", "na"}) {
    EXPECT_EQ(parse_state(other), std::nullopt) << other;
  }
}

// The order of a legend is that of the scores, so that no page contradicts a layer.
TEST(State, BestFirstIsByScore) {
  for (std::size_t i = 1; i + 1 < kNumStates; ++i) {
    EXPECT_LT(score_of(kStatesBestFirst[i]), score_of(kStatesBestFirst[i - 1]));
  }
  EXPECT_EQ(kStatesBestFirst.back(), State::kNotApplicable);
}

TEST(State, EveryColourHasAName) {
  std::set<std::string_view> names;
  for (const State state : kStatesBestFirst) names.insert(to_string(colour_of(state)));
  EXPECT_EQ(names, (std::set<std::string_view>{"covered", "partial", "none", "na"}));
}

TEST(Appearance, IsOpaqueHexAndOneColumnWide) {
  for (const State state : kStatesBestFirst) {
    const Appearance& look = appearance_of(state);
    for (const std::string_view colour : {look.fill, look.text}) {
      EXPECT_EQ(colour.size(), 7U);
      EXPECT_EQ(colour[0], '#');
      EXPECT_EQ(colour.find_first_not_of("0123456789abcdef", 1), std::string_view::npos);
    }
    EXPECT_EQ(text::display_width(look.glyph), 1U) << look.label;
    EXPECT_FALSE(look.meaning.ends_with('.')) << look.meaning;
  }
}

}  // namespace
}  // namespace nepho::coverage
