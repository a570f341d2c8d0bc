// The alerts in a file of any form; which form is found out from what is in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "base/problem.h"

namespace nepho::alert {

// What a file held.
struct AlertFile {
  std::vector<Alert> alerts;   // in their order
  std::size_t num_others = 0;  // records that are no alert in any form: counted, left out
};

// Reads one JSON document, one a line, lists of them, what products put around them ("value",
// "Findings", "hits.hits", "detail", "_source", ...; at most 8 deep), or a table with a line of
// names. A record that is no JSON and an alert without any time, which nothing can be matched by,
// are reported with their place and cost only themselves; so is what lies beyond kMaxAlerts.
// Reports kNoAlerts as an error where what is there is none, and as a warning where nothing is: an
// export of a quiet day. O(text * forms); memory: the largest document's tree.
AlertFile read_alerts(std::string_view text, const std::string& file, LoadReport& report);

// Of one file: a month of a large organisation; more are cut off and it is said.
inline constexpr std::size_t kMaxAlerts = 200'000;
// A file is read whole.
inline constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20U;

}  // namespace nepho::alert
