#include "coverage/appearance.h"

namespace nepho::coverage {
namespace {

// By the value of State. Okabe and Ito (2008), "Color Universal Design": vermilion, blue, sky blue,
// orange, reddish purple, yellow; greys for what is not detected. Colours are near their neighbours
// in the legend and far apart in lightness, so that a print without colour tells them too. Glyphs
// are of the Geometric Shapes and Dingbats that common fonts of terminals hold; none of them is
// ambiguous in width (UAX 11). Tests hold contrast, width and difference.
constexpr std::array<Appearance, kNumStates> kLooks{{
    {"Not applicable", " ", "#e4e4e4", "#5c5c5c", "cannot be carried out on this provider"},
    {"Failing", "✕", "#d55e00", "#000000", "tests were played and nothing alerted"},
    {"Validated", "✓", "#0072b2", "#ffffff", "real attacks were played and alerts were seen"},
    {"Exercised", "◕", "#56b4e9", "#000000", "made telemetry was played and alerts were seen"},
    {"Partial", "◐", "#e69f00", "#000000", "alerts were seen, too few or too noisy for proof"},
    {"Stale", "⟳", "#cc79a7", "#000000", "passed once, but no test is fresh"},
    {"Mapped", "○", "#f0e442", "#000000", "a working rule names it, never tested"},
    {"Telemetry", "·", "#999999", "#000000",
     "logs arrive, but no working rule reads them for this"},
    {"Blind", "–", "#ffffff", "#000000", "neither logs nor a working rule"},
}};

}  // namespace

const Appearance& appearance_of(State state) { return kLooks[static_cast<std::size_t>(state)]; }

}  // namespace nepho::coverage
