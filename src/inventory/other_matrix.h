// Ids that are no techniques of Enterprise ATT&CK but of its sisters.
#pragma once

#include <string_view>

namespace nepho::inventory {

// "ATT&CK for ICS", "ATT&CK for Mobile" or "MITRE ATLAS" for an id of theirs, in any case
// ("T0859", "T1437.001", "AML.T0051"), as far as the number tells; empty for any other text. Only
// for ids that no version of Enterprise has: the three share their way of numbering.
std::string_view other_matrix_of(std::string_view id);

}  // namespace nepho::inventory
