// Where SQL, left to itself, means something else than a Sigma rule, and how the translator is told
// to make up for it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace nepho::tests::sql {

// One for each row of docs/decisions/sql-differences.md.
enum class Difference : std::uint8_t {
  kThreeValuedLogic,   // NOT of a missing field is NULL, and NULL is no match
  kAsciiCase,          // LIKE and NOCASE know 26 letters
  kNumberSpelling,     // a number has a value and no spelling: 4.04e2 is '404.0'
  kBooleanIsNumber,    // true is 1
  kEscapesInJsonText,  // the text of an object keeps the escapes that its writer chose
  kTypedEquality,      // a number never equals a text: 404 = '404' is false
  kTextIsZero,         // a text that is no number counts as 0
  kDoublePrecision,    // numbers beyond 2^53 are rounded
  kTimeInUtc,          // strftime applies the zone
  kJulianDay,          // a number is a Julian day, not seconds since 1970
  kWeekOfYear,         // %W counts weeks from the first Monday
};

inline constexpr std::array kDifferences = {
    Difference::kThreeValuedLogic, Difference::kAsciiCase,         Difference::kNumberSpelling,
    Difference::kBooleanIsNumber,  Difference::kEscapesInJsonText, Difference::kTypedEquality,
    Difference::kTextIsZero,       Difference::kDoublePrecision,   Difference::kTimeInUtc,
    Difference::kJulianDay,        Difference::kWeekOfYear};

// The name that the table of differences has.
constexpr std::string_view to_string(Difference difference) {
  switch (difference) {
    case Difference::kThreeValuedLogic: return "three-valued logic";
    case Difference::kAsciiCase: return "ASCII case";
    case Difference::kNumberSpelling: return "number spelling";
    case Difference::kBooleanIsNumber: return "boolean is a number";
    case Difference::kEscapesInJsonText: return "escapes in JSON text";
    case Difference::kTypedEquality: return "typed equality";
    case Difference::kTextIsZero: return "text is zero";
    case Difference::kDoublePrecision: return "double precision";
    case Difference::kTimeInUtc: return "time in UTC";
    case Difference::kJulianDay: return "Julian day";
    case Difference::kWeekOfYear: break;
  }
  return "week of the year";
}

// Which differences are made up for. The full dialect is to agree with us on everything; without
// one of them SQL's own meaning shows, and nothing else.
class Dialect {
 public:
  static constexpr Dialect full() { return Dialect((1U << kDifferences.size()) - 1); }
  static constexpr Dialect plain() { return Dialect(0); }
  constexpr Dialect without(Difference difference) const {
    return Dialect(bits_ & ~bit(difference));
  }
  constexpr bool mends(Difference difference) const { return (bits_ & bit(difference)) != 0; }

 private:
  explicit constexpr Dialect(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit(Difference difference) {
    return 1U << static_cast<std::uint32_t>(difference);
  }
  std::uint32_t bits_;
};

}  // namespace nepho::tests::sql
