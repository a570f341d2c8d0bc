#include "inventory/sigma_tags.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace nepho::inventory {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Groups, software, data sources, data components, campaigns, mitigations, detection strategies.
bool is_other_object(std::string_view text) {
  constexpr auto kPrefixes =
      std::to_array<std::string_view>({"g", "s", "ds", "dc", "c", "m", "det", "an"});
  const auto first_digit = std::find_if(text.begin(), text.end(), is_digit);
  const std::string prefix =
      text::fold_case(text.substr(0, static_cast<std::size_t>(first_digit - text.begin())));
  return first_digit != text.end() && std::all_of(first_digit, text.end(), is_digit) &&
         std::ranges::count(kPrefixes, prefix) != 0;
}

}  // namespace

std::vector<Claim> claims_of_tags(const sigma::Rule& rule) {
  constexpr std::string_view kNamespace = "attack.";
  std::vector<Claim> claims;
  for (const sigma::Tag& tag : rule.tags) {
    const std::string_view text = tag.text;
    if (!text::equal_ignoring_case(text.substr(0, kNamespace.size()), kNamespace)) continue;
    const std::string_view claim = text.substr(kNamespace.size());
    if (looks_like_technique(claim) || !is_other_object(claim))
      claims.push_back(
          {.text = std::string(claim), .line = tag.line, .column = tag.column, .scalar = tag.text});
  }
  return claims;
}

}  // namespace nepho::inventory
