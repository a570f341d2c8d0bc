// "Did you mean": the known word that a misspelt one most resembles.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nepho::text {

// The candidate with the fewest edits (insert, delete, replace, swap of neighbours) to `word`,
// ignoring case; empty when none is within a third of its length (at least one edit). The first of
// equals wins. Cost: words * length^2; for lists of hundreds, not for the event path.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean 'startswith'?", or "" when nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace nepho::text
