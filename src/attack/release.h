// When the versions of ATT&CK came out.
#pragma once

#include <string_view>

#include "attack/date.h"

namespace nepho::attack {

// The major versions that came out after `date` and not after `version` ("19.1" counts as 19). A
// version that this program does not know counts as the newest it does.
int num_releases_between(const Date& date, std::string_view version);

}  // namespace nepho::attack
