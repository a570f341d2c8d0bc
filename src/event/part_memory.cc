#include "event/part_memory.h"

#include "text/escape.h"
#include "text/json_scalar.h"

namespace nepho::event {

std::optional<PartText> part_of(std::string_view raw, const FieldPart& part) {
  std::string decoded;
  const bool is_plain = raw.find('\\') == raw.npos || !text::append_json_string(raw, decoded);
  const auto taken = part.taken_from(is_plain ? raw : decoded);
  if (!taken) return std::nullopt;
  PartText made{text::json_string(*taken)};
  made.padded.erase(0, 1);  // the quotes
  made.padded.resize(made.padded.size() - 1 + text::kShortTextBytes);
  return made;
}

// A text too long to be kept is made anew, in the place of another.
std::optional<std::string_view> PartMemory::part_of(std::string_view raw, const FieldPart& part) {
  Made& made = latest_[text::hash_of_padded(raw) >> (64U - kPlacesBits)];
  if (!made.raw.equals_padded(raw)) {
    made.raw.assign(raw);
    made.part = event::part_of(raw, part);
  }
  return made.part ? std::optional(made.part->text()) : std::nullopt;
}

}  // namespace nepho::event
