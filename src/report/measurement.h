// What a correlation measured, as JSON and in words (cli.md, "Finding": "measured").
#pragma once

#include <string>

#include "detect/measurement.h"
#include "sigma/correlation.h"

namespace nepho::report {

// One JSON object. "type" and "timespan_s" are always there. "value" is what the limits in
// "condition" were held against, "what" says what kind of number that is ("events", "z", ...); all
// three are left out where there are no limits, and "value" is null for a speed without bound. The
// rest depends on the type (docs/schemas/finding.json). Texts from the log are escaped.
std::string measurement_json(const sigma::Correlation& correlation,
                             const detect::Measurement& measured);

// The same in a few words for a table: "20 different calls in 10m, 12 of 25 denied". Texts from the
// log are bounded and made printable.
std::string measurement_in_words(const sigma::Correlation& correlation,
                                 const detect::Measurement& measured);

}  // namespace nepho::report
