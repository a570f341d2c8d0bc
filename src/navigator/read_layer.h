// Reading Navigator layers of any format from 2.0 to 4.5.
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "base/problem.h"
#include "base/result.h"
#include "navigator/errors.h"
#include "navigator/layer.h"

namespace nepho::navigator {

// A layer as it was found. `layer` speaks format 4.5: older field names, view modes, platform names
// and domains are brought up to date; technique ids and tactics are as written (migrate_layer()).
struct ReadLayer {
  Layer layer;
  std::string format_version;  // "3.0"; what the file said it was
  Place place;
};

struct ReadLayers {
  std::vector<ReadLayer> layers;
  LoadReport report;  // what was wrong, where, and what was made of it; bounded
};

// The layers of one file: one layer, or a list of them (since 4.9 of the Navigator). UTF-16 is
// taken too (text/utf16.h). Fails when the text is no JSON or holds no layer; every lesser fault is
// a warning in the report, and the rest of the layer is kept. `file` is only for messages.
Result<ReadLayers> read_layers(std::string bytes, const std::string& file,
                               const Limits& limits = kDefaultLimits);

}  // namespace nepho::navigator
