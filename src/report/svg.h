// The heatmap as a picture (SVG 1.1 with CSS): self-contained, light and dark, in colours and
// glyphs, with a text for every tile.
#pragma once

#include <span>
#include <string>

#include "report/heatmap.h"

namespace nepho::report {

// One figure a heatmap, below each other, with one legend. All text is escaped. Deterministic: the
// same heatmaps give the same bytes. O(tiles).
std::string to_svg(const coverage::Coverage& coverage, std::span<const Heatmap> heatmaps);

}  // namespace nepho::report
