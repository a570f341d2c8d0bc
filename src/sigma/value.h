// One value of a detection item, after the modifiers that change values have done their work.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "text/cidr.h"
#include "text/number.h"
#include "text/regex.h"
#include "text/wildcard.h"

namespace nepho::sigma {

// A text test. contains, startswith and endswith are wildcards at the ends; base64, wide, windash
// and the like were applied. Numbers and booleans of a rule are kept as the text they compare equal
// to, and `number` says that the rule wrote a number, so that 404 also equals 404.0.
struct TextValue {
  text::WildcardPattern pattern;  // folded unless `cased`
  bool cased = false;
  std::optional<text::Decimal> number;
  bool operator==(const TextValue&) const = default;
};

// `field: null`: holds when the field is missing or some value is null.
struct NullValue {
  bool operator==(const NullValue&) const = default;
};

// `re`: a search anywhere in the text, in linear time.
struct RegexValue {
  text::Regex regex;
  bool operator==(const RegexValue& other) const { return regex.source() == other.regex.source(); }
};

// `cidr`.
struct NetworkValue {
  text::Network network;
  bool operator==(const NetworkValue&) const = default;
};

enum class Comparison : std::uint8_t { kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

// `lt` `lte` `gt` `gte`.
struct NumberValue {
  Comparison comparison = Comparison::kLess;
  text::Decimal number;
  bool operator==(const NumberValue&) const = default;
};

// `exists`: true when the path resolves, even to null.
struct ExistsValue {
  bool expected = true;
  bool operator==(const ExistsValue&) const = default;
};

// `fieldref`: the values of another field of the same event.
struct FieldValue {
  std::string field;
  bool starts_with = false;  // fieldref|startswith and its like, by the specification's chaining
  bool ends_with = false;
  bool contains = false;
  bool cased = false;
  bool operator==(const FieldValue&) const = default;
};

enum class TimePart : std::uint8_t { kMinute, kHour, kDay, kWeek, kMonth, kYear };

// `minute` `hour` `day` `week` `month` `year`, compared by equality or by lt, lte, gt, gte. In UTC
// unless the time carries a zone of its own, which is then kept (no conversion: specification 2.1).
struct TimePartValue {
  TimePart part = TimePart::kHour;
  std::optional<Comparison> comparison;
  std::int64_t number = 0;
  bool operator==(const TimePartValue&) const = default;
};

using Value = std::variant<TextValue, NullValue, RegexValue, NetworkValue, NumberValue, ExistsValue,
                           FieldValue, TimePartValue>;

}  // namespace nepho::sigma
