#include "attack/id.h"

namespace nepho::attack {
namespace {

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_letter(char c, char upper) { return c == upper || c == upper - 'A' + 'a'; }

}  // namespace

std::optional<TechniqueId> parse_technique_id(std::string_view text) {
  if (text.empty() || !is_letter(text[0], 'T')) return std::nullopt;
  const std::string_view digits = text.substr(1);
  const bool technique = is_digits(digits, 4);
  const bool sub = digits.size() == 8 && digits[4] == '.' && is_digits(digits.substr(0, 4), 4) &&
                   is_digits(digits.substr(5), 3);
  if (!technique && !sub) return std::nullopt;
  return TechniqueId{"T" + std::string(digits)};
}

std::optional<TacticId> parse_tactic_id(std::string_view text) {
  if (text.size() != 6 || !is_letter(text[0], 'T') || !is_letter(text[1], 'A')) return std::nullopt;
  if (!is_digits(text.substr(2), 4)) return std::nullopt;
  return TacticId{"TA" + std::string(text.substr(2))};
}

bool is_subtechnique(const TechniqueId& id) { return id.value.find('.') != std::string::npos; }

TechniqueId parent_of(const TechniqueId& id) {
  return TechniqueId{id.value.substr(0, id.value.find('.'))};
}

}  // namespace nepho::attack
