// Normal form is what makes comparing plain: the digits begin and end with no zero and the exponent
// is that of the first, so that equal numbers have equal members, and of two positive ones that
// with the greater exponent is greater, else the digits decide as text does. Zero has no digits.
#include "text/number.h"

#include <algorithm>
#include <charconv>

namespace nepho::text {
namespace {

constexpr std::int64_t kMaxExponent = 1'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits in front off `text`.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto size = static_cast<std::size_t>(end - text.begin());
  const std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

// Takes a sign in front off `text`; true for '-'.
bool take_sign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  return negative;
}

// Reads "e[+-]digits" or nothing, to the end of `text`.
std::optional<std::int64_t> read_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = take_sign(text);
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  const bool complete = !text.empty() && is_digit(text[0]) && end == text.data() + text.size();
  if (!complete || error != std::errc{} || exponent > kMaxExponent) return std::nullopt;
  return negative ? -exponent : exponent;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal number;
  number.negative_ = take_sign(text);
  const std::string_view whole = take_digits(text);
  if (whole.empty()) return std::nullopt;
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }
  const auto exponent = read_exponent(text);
  if (!exponent) return std::nullopt;

  number.digits_.append(whole).append(fraction);
  const std::size_t first = number.digits_.find_first_not_of('0');
  if (first == std::string::npos) return Decimal{};
  number.digits_.erase(number.digits_.find_last_not_of('0') + 1);
  number.digits_.erase(0, first);
  number.exponent_ =
      *exponent + static_cast<std::int64_t>(whole.size()) - 1 - static_cast<std::int64_t>(first);
  return number;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const auto sign = [](const Decimal& d) { return d.digits_.empty() ? 0 : d.negative_ ? -1 : 1; };
  if (const auto order = sign(*this) <=> sign(other); order != 0) return order;
  // Normal form: the greater exponent is the greater size; digits compare as text.
  auto size = exponent_ <=> other.exponent_;
  if (size == 0) size = digits_.compare(other.digits_) <=> 0;
  return negative_ ? 0 <=> size : size;
}

std::string to_string(const Decimal& number) {
  if (number.digits_.empty()) return "0";
  std::string text = number.negative_ ? "-" : "";
  text += number.digits_[0];
  if (number.digits_.size() > 1) text += '.' + number.digits_.substr(1);
  return text + 'e' + std::to_string(number.exponent_);
}

}  // namespace nepho::text
