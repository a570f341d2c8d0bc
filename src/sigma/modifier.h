// The modifiers behind a field name: `field|contains|all`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/yaml.h"

namespace nepho::sigma {

// All of the modifiers appendix 2.1, in its order.
enum class Modifier : std::uint8_t {
  kAll,
  kStartsWith,
  kEndsWith,
  kContains,
  kExists,
  kCased,
  kNotEqual,
  kWindash,
  kRegex,
  kIgnoreCase,
  kMultiLine,
  kDotAll,
  kBase64,
  kBase64Offset,
  kUtf16Le,  // also "wide"
  kUtf16Be,
  kUtf16,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kYear,
  kNetwork,
  kExpand,
  kFieldReference,
};

// What a modifier does to a value; decides what goes together.
enum class ModifierRole : std::uint8_t {
  kFlag,        // all, neq, cased: how values are compared or joined
  kEnds,        // contains, startswith, endswith
  kEncoding,    // base64, base64offset, utf16..., windash: a text becomes other texts
  kRegexFlag,   // i, m, s
  kComparison,  // lt, lte, gt, gte
  kTimePart,    // minute ... year
  kType,        // re, cidr, exists, fieldref: the value is no text
  kExpand,
};

std::string_view to_string(Modifier modifier);
ModifierRole role_of(Modifier modifier);

struct WrittenModifier {
  Modifier modifier;
  Place place;
};

// The key of one line of a selection. Empty `field`: a keyword ("|all").
struct FieldKey {
  std::string field;
  std::vector<WrittenModifier> modifiers;

  bool has(Modifier modifier) const;
};

// Splits "field|mod|mod" and checks that the modifiers are known, not repeated, and go together:
// one type at most; i, m, s only with re; encodings and ends only on texts (ends on fieldref too);
// exists alone.
Result<FieldKey> parse_field_key(const text::YamlNode& key, const std::string& file);

}  // namespace nepho::sigma
