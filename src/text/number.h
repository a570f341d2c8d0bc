// Numbers as they are written in logs and rules, compared exactly whatever their size.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nepho::text {

// A decimal number of any size and precision: sign, digits without leading or trailing zeros, and
// the power of ten of the first digit. 9007199254740993 differs from 9007199254740992; 1e2 equals
// 100.
class Decimal {
 public:
  // Reads [+-]digits[.digits][e[+-]digits], nothing around it; nothing else is a number (no hex, no
  // "inf"). An exponent beyond +-1'000'000'000 is refused. Cost: O(length), one allocation beyond
  // 15 digits.
  static std::optional<Decimal> parse(std::string_view text);

  bool is_negative() const { return negative_; }
  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const = default;

  // "-1.25e-3": the same for equal numbers, and for no other.
  friend std::string to_string(const Decimal& number);

 private:
  bool negative_ = false;  // never with digits_ empty (zero)
  std::int64_t exponent_ = 0;
  std::string digits_;
};

}  // namespace nepho::text
