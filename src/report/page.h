// The page under web/ with data laid into it: one HTML file with its script, style and data, that
// needs no network.
#pragma once

#include <string>
#include <string_view>

#include "base/knowledge.h"
#include "base/result.h"

namespace nepho::report {

inline constexpr ErrorCode kBadPage{"report.bad_page"};

// The page as it was built, from what the program carries; empty where the program was built
// without Node.js. The view lives as long as `knowledge`.
std::string_view built_page(const Knowledge& knowledge);

// The page with `json` as its data. In JSON a '<' can only stand in a string, where \u003c means
// the same; written so, no text can end the script element that holds the data or open a comment
// in it (HTML, "script data state"). Fails with kBadPage where the page has no place for data.
// O(page + json).
Result<std::string> lay_in(std::string_view page, std::string_view json);

}  // namespace nepho::report
