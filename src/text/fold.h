// Comparing text without regard to case.
#pragma once

#include <string>
#include <string_view>

namespace nepho::text {

// Unicode simple case folding (CaseFolding.txt, status C and S): the letter that all cases of `c`
// share. Not Turkish: dotless i stays another letter.
char32_t fold_case(char32_t c);

// `text` with every code point folded; what two texts share when they are equal without regard to
// case. Invalid bytes stay as they are.
std::string fold_case(std::string_view text);

// Whether two texts are equal under fold_case(). No allocation; ASCII goes the short way.
bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace nepho::text
