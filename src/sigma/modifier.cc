// One table of modifiers; what goes together follows from their roles, not from a list of pairs.
#include "sigma/modifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using Role = ModifierRole;

struct Entry {
  std::string_view name;
  Modifier modifier;
  Role role;
};
// Of two names for one modifier, the one to show comes first.
constexpr auto kModifiers = std::to_array<Entry>({
    {"all", Modifier::kAll, Role::kFlag},
    {"startswith", Modifier::kStartsWith, Role::kEnds},
    {"endswith", Modifier::kEndsWith, Role::kEnds},
    {"contains", Modifier::kContains, Role::kEnds},
    {"exists", Modifier::kExists, Role::kType},
    {"cased", Modifier::kCased, Role::kFlag},
    {"neq", Modifier::kNotEqual, Role::kFlag},
    {"windash", Modifier::kWindash, Role::kEncoding},
    {"re", Modifier::kRegex, Role::kType},
    {"i", Modifier::kIgnoreCase, Role::kRegexFlag},
    {"m", Modifier::kMultiLine, Role::kRegexFlag},
    {"s", Modifier::kDotAll, Role::kRegexFlag},
    {"base64", Modifier::kBase64, Role::kEncoding},
    {"base64offset", Modifier::kBase64Offset, Role::kEncoding},
    {"utf16le", Modifier::kUtf16Le, Role::kEncoding},
    {"wide", Modifier::kUtf16Le, Role::kEncoding},
    {"utf16be", Modifier::kUtf16Be, Role::kEncoding},
    {"utf16", Modifier::kUtf16, Role::kEncoding},
    {"lt", Modifier::kLess, Role::kComparison},
    {"lte", Modifier::kLessOrEqual, Role::kComparison},
    {"gt", Modifier::kGreater, Role::kComparison},
    {"gte", Modifier::kGreaterOrEqual, Role::kComparison},
    {"minute", Modifier::kMinute, Role::kTimePart},
    {"hour", Modifier::kHour, Role::kTimePart},
    {"day", Modifier::kDay, Role::kTimePart},
    {"week", Modifier::kWeek, Role::kTimePart},
    {"month", Modifier::kMonth, Role::kTimePart},
    {"year", Modifier::kYear, Role::kTimePart},
    {"cidr", Modifier::kNetwork, Role::kType},
    {"expand", Modifier::kExpand, Role::kExpand},
    {"fieldref", Modifier::kFieldReference, Role::kType},
});

const Entry& entry_of(Modifier modifier) {
  return *std::find_if(kModifiers.begin(), kModifiers.end(),
                       [=](const Entry& entry) { return entry.modifier == modifier; });
}

std::unexpected<Error> unknown_modifier(std::string_view name, const Place& place) {
  std::array<std::string_view, kModifiers.size()> names;
  std::transform(kModifiers.begin(), kModifiers.end(), names.begin(),
                 [](const Entry& entry) { return entry.name; });
  const std::string hint = text::did_you_mean(name, names);
  return fail(kUnknownModifier, fmt::format("'{}' is not a modifier", escape_for_log(name)), place,
              hint.empty() ? fmt::format("modifiers are {}", fmt::join(names, ", ")) : hint);
}

// Why `later` may not stand with `earlier`, or "". Called for both orders.
std::string_view clash(Modifier earlier, Modifier later) {
  const Role one = role_of(earlier);
  const Role other = role_of(later);
  const auto is_value_type = [](Role role) {
    return role == Role::kType || role == Role::kComparison;
  };
  if (earlier == Modifier::kExists) return "exists looks at no value and stands alone";
  if (is_value_type(one) && is_value_type(other)) return "a value has one type";
  if (one == Role::kTimePart && (other == Role::kType || other == Role::kTimePart))
    return "a value has one type";
  const bool on_text =
      other == Role::kEnds || other == Role::kEncoding || later == Modifier::kCased;
  const bool is_typed = is_value_type(one) || one == Role::kTimePart;
  if (on_text && is_typed && (earlier != Modifier::kFieldReference || other == Role::kEncoding))
    return earlier == Modifier::kRegex && other == Role::kEnds
               ? "a regular expression is looked for anywhere: use ^ and $ to hold it to an end"
               : "it works on texts";
  const bool takes_placeholders = earlier == Modifier::kNetwork || !is_typed;
  if (later == Modifier::kExpand && !takes_placeholders)
    return "placeholders stand for texts and networks";
  return {};
}

std::optional<Error> check_together(const FieldKey& key) {
  for (std::size_t i = 0; i < key.modifiers.size(); ++i) {
    const auto [modifier, place] = key.modifiers[i];
    if (role_of(modifier) == Role::kRegexFlag && !key.has(Modifier::kRegex))
      return Error(kBadModifiers, fmt::format("'{}' is a flag of 're'", to_string(modifier)), place,
                   "write field|re|" + std::string(to_string(modifier)));
    for (std::size_t j = 0; j < i; ++j) {
      const Modifier earlier = key.modifiers[j].modifier;
      std::string_view why =
          earlier == modifier ? "it stands here twice" : clash(earlier, modifier);
      if (why.empty()) why = clash(modifier, earlier);
      if (!why.empty())
        return Error(kBadModifiers,
                     fmt::format("'{}' does not go with '{}': {}", to_string(modifier),
                                 to_string(earlier), why),
                     place);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Modifier modifier) { return entry_of(modifier).name; }

ModifierRole role_of(Modifier modifier) { return entry_of(modifier).role; }

bool FieldKey::has(Modifier modifier) const {
  return std::any_of(modifiers.begin(), modifiers.end(),
                     [=](const WrittenModifier& written) { return written.modifier == modifier; });
}

Result<FieldKey> parse_field_key(const text::YamlNode& key, const std::string& file) {
  FieldKey parsed;
  const std::string_view text = key.text;
  std::size_t bar = text.find('|');
  parsed.field = text.substr(0, bar);
  while (bar != std::string_view::npos) {
    const std::size_t begin = bar + 1;
    bar = text.find('|', begin);
    const std::string_view name =
        text.substr(begin, bar == std::string_view::npos ? bar : bar - begin);
    Place place = key.place(file);
    place.column += begin + (key.is_plain ? 0 : 1);
    const auto entry = std::find_if(kModifiers.begin(), kModifiers.end(),
                                    [=](const Entry& known) { return known.name == name; });
    if (entry == kModifiers.end()) return unknown_modifier(name, place);
    parsed.modifiers.push_back({entry->modifier, std::move(place)});
  }
  if (auto error = check_together(parsed)) return std::unexpected(*std::move(error));
  return parsed;
}

}  // namespace nepho::sigma
