// How easily an attacker passes by what a rule tests: the levels of Summiting the Pyramid.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/result.h"
#include "sigma/rule.h"
#include "text/wildcard.h"

namespace nepho::coverage {

inline constexpr ErrorCode kBadRobustness{"coverage.bad_robustness"};

// Which tests have which level (knowledge/intel/robustness.yml). Levels are 1 (passed by without
// effort) to 5 (only by not attacking). A plain value.
struct RobustnessTable {
  // Holds for a test when some pattern fits its field (or there is none) and, with words, each of
  // its texts holds one of them. Patterns and words are folded.
  struct Row {
    int level = 0;
    std::vector<text::WildcardPattern> fields;
    std::vector<std::string> words;
  };
  std::vector<Row> rows;  // the first that holds counts
  int other = 0;          // no row holds
  int presence = 0;       // it asks only whether the field is there, and no row with words holds
  int keyword = 0;        // it has no field
};

// Strict: an unknown key, a level outside 1..5, a row without fields and values are errors with
// their place (kBadRobustness).
Result<RobustnessTable> load_robustness(const Knowledge& knowledge);
Result<RobustnessTable> parse_robustness(std::string_view yaml, const std::string& file);

// The level of one test.
int level_of(const sigma::Item& item, const RobustnessTable& table);
// The level of a rule's condition: "and" is as weak as its weakest part, "or" as strong as its
// strongest, "not" as what it filters out, since an attacker may look like that. A condition
// without tests holds for every event: 5. Never recursive. O(the condition x rows).
int robustness_of(const sigma::Rule& rule, const RobustnessTable& table);

}  // namespace nepho::coverage
