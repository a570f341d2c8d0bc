// Detections as JSON (cli.md, "Detection"; docs/schemas/detection.json).
#pragma once

#include "inventory/detection.h"
#include "text/json_writer.h"

namespace nepho::inventory {

// Writes one detection as a JSON object.
void write(const Detection& detection, text::JsonWriter& json);

}  // namespace nepho::inventory
