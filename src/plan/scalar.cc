#include "plan/scalar.h"

#include <variant>

#include "text/timestamp.h"

namespace nepho::plan {
namespace {

using text::JsonType;

bool compares(std::strong_ordering order, sigma::Comparison comparison) {
  switch (comparison) {
    case sigma::Comparison::kLess: return order < 0;
    case sigma::Comparison::kLessOrEqual: return order <= 0;
    case sigma::Comparison::kGreater: return order > 0;
    case sigma::Comparison::kGreaterOrEqual: return order >= 0;
  }
  return false;
}

std::int64_t part_of(const text::CivilTime& time, sigma::TimePart part) {
  switch (part) {
    case sigma::TimePart::kMinute: return time.minute;
    case sigma::TimePart::kHour: return time.hour;
    case sigma::TimePart::kDay: return time.day;
    case sigma::TimePart::kWeek: return time.week();
    case sigma::TimePart::kMonth: return time.month;
    case sigma::TimePart::kYear: return time.year;
  }
  return 0;
}

struct Test {
  JsonType type;
  std::string_view text;

  bool operator()(const sigma::TextValue& value) const {
    const bool same_text =
        value.cased ? value.pattern.matches(text) : value.pattern.matches_ignoring_case(text);
    if (same_text || !value.number) return same_text;
    const auto number = text::Decimal::parse(text);
    return type == JsonType::kNumber && number && *number == *value.number;
  }
  bool operator()(const sigma::NullValue&) const { return false; }
  bool operator()(const sigma::RegexValue& value) const { return value.regex.search(text); }
  bool operator()(const sigma::NetworkValue& value) const {
    const auto address = text::Address::parse(text);
    return address && value.network.contains(*address);
  }
  bool operator()(const sigma::NumberValue& value) const {
    if (type != JsonType::kNumber && type != JsonType::kString) return false;
    const auto number = text::Decimal::parse(text);
    return number && compares(*number <=> value.number, value.comparison);
  }
  bool operator()(const sigma::ExistsValue&) const { return false; }
  bool operator()(const sigma::FieldValue&) const { return false; }
  bool operator()(const sigma::TimePartValue& value) const {
    const auto time = text::parse_timestamp(text);
    if (!time) return false;
    const std::int64_t part = part_of(time->civil, value.part);
    if (!value.comparison) return part == value.number;
    return compares(part <=> value.number, *value.comparison);
  }
};

}  // namespace

bool scalar_holds(const sigma::Value& value, JsonType type, std::string_view text) {
  if (type == JsonType::kNull) return std::holds_alternative<sigma::NullValue>(value);
  return std::visit(Test{type, text}, value);
}

}  // namespace nepho::plan
