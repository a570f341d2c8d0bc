// What can be found in texts of alerts, and how much of it is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"

namespace nepho::alert {

// `text` without white space around it, cut at kMaxTextBytes between two characters; bytes that are
// not UTF-8 end it.
std::string bounded(std::string_view text);

// Adds the text where it is new and there is room; an empty one is none.
void add_value(std::string_view text, std::vector<std::string>& values,
               std::size_t most = kMaxValues);

// Adds the ATT&CK ids of techniques in any text ("T1078, T1098.001", "attack.t1078.004",
// "[\"T1078\"]"): T and four digits, with or without a dot or slash and three more, that are no
// part of a longer word.
void add_techniques(std::string_view text, std::vector<std::string>& techniques);

// Takes away the techniques of which a sub-technique is there. They must be sorted.
void keep_most_exact(std::vector<std::string>& techniques);

// Adds every UUID (8-4-4-4-12 hex digits, no part of a longer word) in lower case. O(text).
void add_uuids(std::string_view text, std::vector<std::string>& ids);

}  // namespace nepho::alert
