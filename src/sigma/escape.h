// The text of a rule's value: wildcards and backslashes (specification 2.1, "Escaping").
#pragma once

#include <string>
#include <string_view>

#include "text/wildcard.h"

namespace nepho::sigma {

// Reads `text` as a rule writes it: '*' and '?' are wildcards, "\*" and "\?" the characters, "\\"
// is one backslash, so that "\\*" is a backslash and then a wildcard; a backslash before anything
// else, or at the end, is itself. Never fails.
text::WildcardPattern parse_pattern(std::string_view text);

// A text that parse_pattern() reads as `pattern`.
std::string to_rule_text(const text::WildcardPattern& pattern);

}  // namespace nepho::sigma
