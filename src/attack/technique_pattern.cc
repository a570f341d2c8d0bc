#include "attack/technique_pattern.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kAllSubs = ".*";

}  // namespace

bool matches_pattern(std::string_view pattern, const TechniqueId& id) {
  if (!pattern.ends_with(kAllSubs)) return id.value == pattern;
  pattern.remove_suffix(kAllSubs.size());
  return is_subtechnique(id) && parent_of(id).value == pattern;
}

bool is_technique_pattern(std::string_view text) {
  if (text.ends_with(kAllSubs)) {
    text.remove_suffix(kAllSubs.size());
    if (text.find('.') != std::string_view::npos) return false;
  }
  const auto id = parse_technique_id(text);
  return id && id->value == text;
}

}  // namespace nepho::attack
