#include "inventory/technique_name.h"

#include <algorithm>

namespace nepho::inventory {
namespace {

using attack::Catalogue;
using attack::Technique;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); }

// The words of a name, in lower case, `joint` between them.
std::string words_of(std::string_view name, char joint) {
  std::string words;
  for (const char c : name) {
    if (is_word(c)) {
      words += lower(c);
    } else if (!words.empty() && words.back() != joint) {
      words += joint;
    }
  }
  while (words.ends_with(joint)) words.pop_back();
  return words;
}

const Technique* parent_of(const Technique& technique, const Catalogue& catalogue) {
  return technique.is_subtechnique() ? catalogue.find(technique.parent) : nullptr;
}

bool is_slug(std::string_view text) {
  return text.find(' ') == std::string_view::npos && std::ranges::none_of(text, is_upper);
}

}  // namespace

bool is_same_name(std::string_view a, std::string_view b) {
  return words_of(a, ' ') == words_of(b, ' ');
}

bool is_name_of(std::string_view written, const Technique& technique, const Catalogue& catalogue) {
  if (is_same_name(written, technique.name)) return true;
  const Technique* parent = parent_of(technique, catalogue);
  return parent != nullptr && is_same_name(written, parent->name + " " + technique.name);
}

std::string name_like(std::string_view written, const Technique& technique,
                      const Catalogue& catalogue) {
  if (is_slug(written)) return words_of(technique.name, '-');
  const Technique* parent = parent_of(technique, catalogue);
  for (const std::string_view joint : {": ", " - "})
    if (parent != nullptr && written.find(joint) != std::string_view::npos)
      return parent->name + std::string(joint) + technique.name;
  return technique.name;
}

std::string tactic_like(std::string_view written, const attack::Tactic& tactic) {
  if (attack::parse_tactic_id(written)) return tactic.id.value;
  if (written.find(' ') != std::string_view::npos) return tactic.name;
  if (written.find('_') != std::string_view::npos) return words_of(tactic.name, '_');
  if (std::ranges::none_of(written, is_upper)) return tactic.shortname;
  std::string pascal = tactic.name;
  std::erase(pascal, ' ');
  return pascal;
}

}  // namespace nepho::inventory
