// The coverage as a page, for `coverage --format html` and `report`.
#pragma once

#include <string>

#include "cli/assessment.h"
#include "cli/session.h"
#include "report/html.h"

namespace nepho::cli {

// The page of web/ with this coverage laid into it. A program that was built without it says so in
// a note and gives the plain page, which needs no script.
std::string coverage_page(Session& session, const Assessed& assessed,
                          report::Audience audience = report::Audience::kEngineering);

}  // namespace nepho::cli
