// Why nothing fired, for a person who is to mend it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/rule_book.h"

namespace nepho::exercise {

// What the rules that count for a technique did on its events.
struct Silence {
  std::string reason;             // one sentence or two
  bool has_rules = false;         // some rule counts for the technique, working or not
  std::set<std::uint32_t> tried;  // rules that were made for one of the events and did not fire
};

// `records` are the JSON texts of the events, none of which made a rule that counts for `technique`
// fire. In this order: no rule counts for it; those that do cannot run; the rule that came nearest,
// with the test that failed; none of them is made for events like these.
// O(rules that count * records); records beyond the first 200 are not looked at.
Silence explain_silence(const RuleBook& rules, const std::vector<std::string_view>& records,
                        std::string_view technique);

}  // namespace nepho::exercise
