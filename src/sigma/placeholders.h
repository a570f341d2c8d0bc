// Names that a rule leaves open and the organisation fills in: %account_ids%.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::sigma {

// Name -> values. A value is a rule's text: it may hold wildcards and escapes.
using Placeholders = std::map<std::string, std::vector<std::string>, std::less<>>;

// Reads a YAML or JSON mapping from names to a value or a list of values (numbers and booleans
// count as their text). Fails with kBadPlaceholders or the YAML error, with the place.
Result<Placeholders> parse_placeholders(std::string_view text, const std::string& file,
                                        const Limits& limits = kDefaultLimits);

// `text` with every %name% replaced by every value of that name: one text for each combination.
// "\%" is a percent sign that begins no name; "\\" stays as it is, for parse_pattern() to read.
// `num_found` is how many names were met. Fails with kMissingPlaceholder, saying how to supply it,
// or kTooMany; without a place.
struct Expansion {
  std::vector<std::string> texts;
  std::size_t num_found = 0;
};
Result<Expansion> expand(std::string_view text, const Placeholders& placeholders,
                         const Limits& limits = kDefaultLimits);

// The %names% in `text` that `placeholders` has no values for, in order; a name that is met twice
// is there twice.
std::vector<std::string> missing_names(std::string_view text, const Placeholders& placeholders);

}  // namespace nepho::sigma
