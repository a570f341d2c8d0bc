// How a state looks wherever it is shown: one palette for terminal, page, picture and layer.
#pragma once

#include <string_view>

#include "coverage/state.h"

namespace nepho::coverage {

// Fills are opaque (the Navigator drops alpha) and come from Okabe and Ito's palette, which stays
// apart for every common kind of colour vision; the glyph says the same without colour. Text on
// the fill has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
struct Appearance {
  std::string_view label;    // "Mapped"
  std::string_view glyph;    // one column wide on a terminal
  std::string_view fill;     // "#rrggbb"
  std::string_view text;     // of what stands on the fill
  std::string_view meaning;  // a sentence for a legend
};

// Never fails; the reference holds for the life of the program.
const Appearance& appearance_of(State state);

}  // namespace nepho::coverage
