#include "event/field_part.h"

namespace nepho::event {

std::optional<std::string_view> FieldPart::taken_from(std::string_view text) const {
  const auto taken = pattern ? pattern->capture(text) : text;
  if (!taken || values.empty()) return taken;
  const auto known = values.find(*taken);
  if (known == values.end()) return std::nullopt;
  return known->second;
}

}  // namespace nepho::event
