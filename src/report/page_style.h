// The style of the HTML report.
#pragma once

#include <cstddef>
#include <string>

namespace nepho::report {

// Light and dark by the reader's preference, and for print. Colours of the states come from
// coverage/appearance.h. `num_maps` is how many heatmaps the page switches between: the radio
// button #show-N shows #map-N.
std::string page_style(std::size_t num_maps);

}  // namespace nepho::report
