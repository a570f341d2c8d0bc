// Reading ordinary work from background.yml (docs/formats/operations.md).
#pragma once

#include "exercise/step.h"
#include "exercise/step_reader.h"
#include "text/yaml.h"

namespace nepho::exercise {

// `steps`, the work of people: a step, of which `times` is the share, or a row of steps with the
// share beside it; and `occasions`: rows with the number of workdays in which one comes about.
// What is faulty is reported by `reader` and left out.
Work read_work(const text::YamlNode& root, StepReader& reader);

}  // namespace nepho::exercise
