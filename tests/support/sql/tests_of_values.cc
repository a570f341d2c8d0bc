#include "tests/support/sql/tests_of_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace nepho::tests::sql {
namespace {

// A text as SQL writes it.
std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

// LIKE's wildcards are % and _, escaped by a backslash; NOCASE and LIKE compare alike.
std::string like_test(const text::WildcardPattern& pattern) {
  if (pattern.is_literal())
    return fmt::format("folded = {} COLLATE NOCASE", sql_text(pattern.literal_text()));
  std::string like;
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == text::WildcardPattern::Kind::kAnyRun) like += '%';
    if (piece.kind == text::WildcardPattern::Kind::kAnyOne) like += '_';
    for (const char c : piece.literal) {
      if (c == '%' || c == '_' || c == '\\') like += '\\';
      like += c;
    }
  }
  return fmt::format("folded LIKE {} ESCAPE '\\'", sql_text(like));
}

// GLOB's are * and ?, escaped by a class of one.
std::string glob_test(const text::WildcardPattern& pattern) {
  if (pattern.is_literal()) return "text = " + sql_text(pattern.literal_text());
  std::string glob;
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == text::WildcardPattern::Kind::kAnyRun) glob += '*';
    if (piece.kind == text::WildcardPattern::Kind::kAnyOne) glob += '?';
    for (const char c : piece.literal) {
      glob += c == '*' || c == '?' || c == '[' ? fmt::format("[{}]", c) : std::string(1, c);
    }
  }
  return "text GLOB " + sql_text(glob);
}

std::string_view operator_of(sigma::Comparison comparison) {
  switch (comparison) {
    case sigma::Comparison::kLess: return "<";
    case sigma::Comparison::kLessOrEqual: return "<=";
    case sigma::Comparison::kGreater: return ">";
    case sigma::Comparison::kGreaterOrEqual: break;
  }
  return ">=";
}

std::string number_test(const sigma::NumberValue& value, Dialect dialect) {
  const std::string number = to_string(value.number);
  const std::string_view compares = operator_of(value.comparison);
  if (!dialect.mends(Difference::kTextIsZero))
    return fmt::format("CAST(text AS REAL) {} CAST('{}' AS REAL)", compares, number);
  if (!dialect.mends(Difference::kDoublePrecision)) {
    return fmt::format(
        "CASE WHEN is_number(text) THEN CAST(text AS REAL) {} CAST('{}' AS REAL) END", compares,
        number);
  }
  return fmt::format("number_order(text, '{}') {} 0", number, compares);
}

std::string network_test(const sigma::NetworkValue& value) {
  std::string hex;
  for (const unsigned byte : value.network.base.bytes) hex += fmt::format("{:02x}", byte);
  return fmt::format("in_network(text, '{}', {}, {})", hex, value.network.prefix_bits,
                     value.network.base.is_v4 ? 1 : 0);
}

std::string_view format_of(sigma::TimePart part) {
  switch (part) {
    case sigma::TimePart::kMinute: return "%M";
    case sigma::TimePart::kHour: return "%H";
    case sigma::TimePart::kDay: return "%d";
    case sigma::TimePart::kWeek: return "%W";
    case sigma::TimePart::kMonth: return "%m";
    case sigma::TimePart::kYear: break;
  }
  return "%Y";
}

// `time` is what strftime() takes: a value, and modifiers.
std::string part_of(sigma::TimePart part, std::string_view time, Dialect dialect) {
  if (part == sigma::TimePart::kWeek && dialect.mends(Difference::kWeekOfYear)) {
    // The ISO week is that of its Thursday, counted from the first day of the year.
    return fmt::format("((strftime('%j', date({}, '-3 days', 'weekday 4')) - 1) / 7 + 1)", time);
  }
  return fmt::format("CAST(strftime('{}', {}) AS INTEGER)", format_of(part), time);
}

// Numbers from 100,000,000 are seconds, beyond eleven digits thousandths, and so on: sizes that no
// unit shares for times from 1973 to 5138.
constexpr std::string_view kSeconds =
    "CASE WHEN CAST(text AS INTEGER) <= 99999999999 THEN CAST(text AS INTEGER)"
    " WHEN CAST(text AS INTEGER) <= 99999999999999 THEN CAST(text AS INTEGER) / 1000"
    " WHEN CAST(text AS INTEGER) <= 99999999999999999 THEN CAST(text AS INTEGER) / 1000000"
    " ELSE CAST(text AS INTEGER) / 1000000000 END, 'unixepoch'";

std::string time_test(const sigma::TimePartValue& value, Dialect dialect) {
  const std::string_view written =
      dialect.mends(Difference::kTimeInUtc) ? "substr(text, 1, 19)" : "text";
  const bool epoch = dialect.mends(Difference::kJulianDay);
  const std::string sql = fmt::format(
      "CASE WHEN text GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"
      " AND strftime('%s', text) IS NOT NULL THEN {} {} END",
      part_of(value.part, written, dialect),
      epoch ? fmt::format("WHEN text NOT GLOB '*[^0-9]*' AND length(text) BETWEEN 9 AND 19"
                          " AND CAST(text AS INTEGER) >= 100000000 THEN {}",
                          part_of(value.part, kSeconds, dialect))
            : fmt::format("WHEN is_number THEN {}", part_of(value.part, "value", dialect)));
  const std::string_view compares = value.comparison ? operator_of(*value.comparison) : "=";
  return fmt::format("({}) {} {}", sql, compares, value.number);
}

// `a` is a row of the item's field, `b` one of the field that it refers to.
std::string pair_test(const sigma::FieldValue& value) {
  const std::string ours = value.cased ? "a.text" : "a.folded";
  const std::string theirs = value.cased ? "b.text" : "b.folded";
  if (value.contains) return fmt::format("instr({}, {}) > 0", ours, theirs);
  if (value.starts_with) return fmt::format("substr({0}, 1, length({1})) = {1}", ours, theirs);
  if (value.ends_with)
    return fmt::format("({1} = '' OR substr({0}, -length({1})) = {1})", ours, theirs);
  return fmt::format(
      "({} = {} OR (a.is_number AND b.is_number AND number_order(a.text, b.text) = 0))", ours,
      theirs);
}

std::string truth(const std::string& sql, Dialect dialect) {
  return dialect.mends(Difference::kThreeValuedLogic) ? "coalesce(" + sql + ", 0)" : sql;
}

std::string has_row(std::string_view field, int offer) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM texts WHERE field = {} AND event = e.id AND offer = {})",
      sql_text(field), offer);
}

// One overload for each kind of value.
struct Question {
  std::string_view field;
  Dialect dialect;

  std::string operator()(const sigma::TextValue& value) const {
    return any_row(field, kTextOffers, text_test(value, dialect), dialect);
  }
  std::string operator()(const sigma::RegexValue& value) const {
    return any_row(field, kTextOffers, "text REGEXP " + sql_text(value.regex.source()), dialect);
  }
  std::string operator()(const sigma::NetworkValue& value) const {
    return any_row(field, kScalarOffers, network_test(value), dialect);
  }
  std::string operator()(const sigma::NumberValue& value) const {
    return any_row(field, kScalarOffers, number_test(value, dialect), dialect);
  }
  std::string operator()(const sigma::TimePartValue& value) const {
    return any_row(field, kScalarOffers, time_test(value, dialect), dialect);
  }
  std::string operator()(const sigma::NullValue&) const {
    return fmt::format("(NOT {} OR {})", has_row(field, 0), has_row(field, 1));
  }
  std::string operator()(const sigma::ExistsValue& value) const {
    return (value.expected ? "" : "NOT ") + has_row(field, 0);
  }
  std::string operator()(const sigma::FieldValue& value) const {
    const std::string sql = fmt::format(
        "(SELECT max({}) FROM texts a JOIN texts b USING (event) WHERE event = e.id"
        " AND a.field = {} AND a.offer = 2 AND b.field = {} AND b.offer = 2)",
        pair_test(value), sql_text(field), sql_text(value.field));
    return truth(sql, dialect);
  }
};

}  // namespace

std::string any_row(std::string_view field, std::string_view offers, std::string_view test,
                    Dialect dialect) {
  return truth(
      fmt::format("(SELECT max({}) FROM texts WHERE field = {} AND event = e.id AND offer IN ({}))",
                  test, sql_text(field), offers),
      dialect);
}

std::string text_test(const sigma::TextValue& value, Dialect dialect) {
  const std::string test = value.cased ? glob_test(value.pattern) : like_test(value.pattern);
  if (!value.number) return test;
  const std::string number = to_string(*value.number);
  if (!dialect.mends(Difference::kTypedEquality)) return "value = " + number;
  return fmt::format("({} OR (is_number AND number_order(text, '{}') = 0))", test, number);
}

std::string question(std::string_view field, const sigma::Value& value, Dialect dialect) {
  return std::visit(Question{field, dialect}, value);
}

}  // namespace nepho::tests::sql
