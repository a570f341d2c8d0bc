// From a YAML scalar to values, in three steps: the text that the scalar compares equal to (numbers
// as logs write them, booleans in lower case); placeholders put in, which may make several texts;
// then either the type that a modifier asks for (re, cidr, gt, ...), or a pattern on which the
// encodings and ends work in the order they are written.
#include "sigma/value_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "sigma/encoding.h"
#include "sigma/errors.h"
#include "sigma/escape.h"

namespace nepho::sigma {
namespace {

using text::WildcardPattern;
using text::YamlNode;
using text::YamlType;

bool is_number(YamlType type) { return type == YamlType::kInteger || type == YamlType::kFloat; }

// A number as a log would write it: hex and octal integers in decimal, ".5" as "0.5".
std::string number_text(const YamlNode& scalar) {
  std::string text = scalar.text;
  if (scalar.type() == YamlType::kInteger && !text::Decimal::parse(text)) {
    const auto integer = scalar.integer();
    return integer ? std::to_string(*integer) : text;
  }
  const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  if (text.compare(sign, 1, ".") == 0) text.insert(sign, 1, '0');
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// The characters that a scalar compares equal to.
std::string text_of(const YamlNode& scalar) {
  const YamlType type = scalar.type();
  if (type == YamlType::kBoolean) return scalar.boolean() == true ? "true" : "false";
  return is_number(type) ? number_text(scalar) : scalar.text;
}

std::optional<Comparison> comparison_of(Modifier modifier) {
  switch (modifier) {
    case Modifier::kLess: return Comparison::kLess;
    case Modifier::kLessOrEqual: return Comparison::kLessOrEqual;
    case Modifier::kGreater: return Comparison::kGreater;
    case Modifier::kGreaterOrEqual: return Comparison::kGreaterOrEqual;
    default: return std::nullopt;
  }
}

struct TimePartRange {
  Modifier modifier;
  TimePart part;
  std::int64_t first;
  std::int64_t last;
};
// Modifiers appendix 2.1, "Time Modifiers"; but ISO 8601 has years of 53 weeks.
constexpr auto kTimeParts = std::to_array<TimePartRange>({
    {Modifier::kMinute, TimePart::kMinute, 0, 59},
    {Modifier::kHour, TimePart::kHour, 0, 23},
    {Modifier::kDay, TimePart::kDay, 1, 31},
    {Modifier::kWeek, TimePart::kWeek, 1, 53},
    {Modifier::kMonth, TimePart::kMonth, 1, 12},
    {Modifier::kYear, TimePart::kYear, 1, 9999},
});

std::unexpected<Error> bad_value(const std::string& message, std::string hint = {}) {
  return fail(kBadValue, message, {}, std::move(hint));
}

Result<Value> number_value(Comparison comparison, const std::string& text) {
  const auto number = text::Decimal::parse(text);
  if (!number) return bad_value(fmt::format("expected a number, found '{}'", escape_for_log(text)));
  return NumberValue{comparison, *number};
}

Result<Value> exists_value(const YamlNode& scalar) {
  if (scalar.type() != YamlType::kBoolean)
    return bad_value(
        fmt::format("'exists' expects true or false, found '{}'", escape_for_log(scalar.text)),
        scalar.is_plain ? "" : "write it without quotes");
  return ExistsValue{scalar.boolean() == true};
}

}  // namespace

bool ValueParser::parse(const YamlNode& scalar, std::vector<Value>& values) const {
  const std::size_t before = values.size();
  auto done = append(scalar, values);
  if (done && values.size() > context_.limits.max_values_per_item)
    done = fail(kTooMany, fmt::format("this item has more than {} values",
                                      context_.limits.max_values_per_item));
  if (done) return true;
  values.resize(before);
  Error error = std::move(done.error());
  error.place = scalar.place(context_.file);
  context_.report.add_error(std::move(error));
  return false;
}

Result<void> ValueParser::append(const YamlNode& scalar, std::vector<Value>& values) const {
  if (scalar.is_null()) return append_null(values);
  const std::string text = text_of(scalar);
  if (!key_.has(Modifier::kExpand)) return append_text(text, scalar, values);
  const auto expansion = expand(text, context_.placeholders, context_.limits);
  if (context_.missing != nullptr) {
    for (std::string& name : missing_names(text, context_.placeholders))
      context_.missing->needed.insert(std::move(name));
  }
  if (!expansion) return std::unexpected(expansion.error());
  if (expansion->num_found == 0)
    context_.report.add_warning(
        {kNoPlaceholder, "'expand' finds no %placeholder% here", scalar.place(context_.file)});
  for (const std::string& one : expansion->texts) {
    if (auto done = append_text(one, scalar, values); !done) return done;
  }
  return {};
}

Result<void> ValueParser::append_null(std::vector<Value>& values) const {
  for (const auto& [modifier, place] : key_.modifiers) {
    if (role_of(modifier) != ModifierRole::kFlag)
      return bad_value(fmt::format("'{}' has no meaning for null", to_string(modifier)),
                       "write '' for the empty text");
  }
  if (key_.field.empty()) return bad_value("a keyword cannot be null", "put the text in quotes");
  values.emplace_back(NullValue{});
  return {};
}

Result<void> ValueParser::append_text(const std::string& text, const YamlNode& scalar,
                                      std::vector<Value>& values) const {
  const auto type = std::find_if(
      key_.modifiers.begin(), key_.modifiers.end(), [](const WrittenModifier& written) {
        const ModifierRole role = role_of(written.modifier);
        return role == ModifierRole::kType || role == ModifierRole::kComparison ||
               role == ModifierRole::kTimePart;
      });
  if (type == key_.modifiers.end()) return append_patterns(text, scalar, values);
  if (key_.field.empty() && type->modifier != Modifier::kRegex)
    return bad_value(fmt::format("'{}' needs a field in front", to_string(type->modifier)));
  auto value = typed_value(type->modifier, text, scalar);
  if (!value) return std::unexpected(std::move(value.error()));
  values.push_back(*std::move(value));
  return {};
}

Result<void> ValueParser::append_patterns(const std::string& text, const YamlNode& scalar,
                                          std::vector<Value>& values) const {
  std::vector<WildcardPattern> patterns{parse_pattern(text)};
  bool is_changed = key_.has(Modifier::kExpand);
  bool has_ends = false;
  for (const auto& [modifier, place] : key_.modifiers) {
    const ModifierRole role = role_of(modifier);
    if (role != ModifierRole::kEncoding && role != ModifierRole::kEnds) continue;
    std::vector<WildcardPattern> changed;
    for (const WildcardPattern& pattern : patterns) {
      auto more = apply(modifier, pattern, context_.limits);
      if (!more) return std::unexpected(std::move(more.error()));
      changed.insert(changed.end(), more->begin(), more->end());
    }
    patterns = std::move(changed);
    is_changed = true;
    has_ends = has_ends || role == ModifierRole::kEnds;
  }
  const bool is_keyword = key_.field.empty();
  const bool cased = key_.has(Modifier::kCased);
  for (WildcardPattern& pattern : patterns) {
    if (!is_text(pattern))
      return bad_value("these bytes occur in no text: an event's strings are UTF-8",
                       "put base64 behind it: utf16|base64");
    if (is_keyword && !has_ends) pattern = apply(Modifier::kContains, pattern)->front();
    TextValue value{cased ? std::move(pattern) : pattern.folded(), cased, std::nullopt};
    if (!is_changed && !is_keyword && is_number(scalar.type()))
      value.number = text::Decimal::parse(text);
    values.emplace_back(std::move(value));
  }
  return {};
}

Result<Value> ValueParser::typed_value(Modifier type, const std::string& text,
                                       const YamlNode& scalar) const {
  if (role_of(type) == ModifierRole::kTimePart) return time_part(type, scalar);
  if (const auto comparison = comparison_of(type)) {
    for (const TimePartRange& range : kTimeParts)
      if (key_.has(range.modifier)) return time_part(range.modifier, scalar);
    return number_value(*comparison, text);
  }
  if (type == Modifier::kRegex) return regex(scalar.text);
  if (type == Modifier::kNetwork) return network(text, scalar);
  return type == Modifier::kExists ? exists_value(scalar) : field_reference(text);
}

Result<Value> ValueParser::regex(const std::string& text) const {
  return text::Regex::compile(text,
                              {.ignore_case = key_.has(Modifier::kIgnoreCase),
                               .multi_line = key_.has(Modifier::kMultiLine),
                               .dot_all = key_.has(Modifier::kDotAll)},
                              context_.limits)
      .transform([](text::Regex regex) { return Value(RegexValue{std::move(regex)}); });
}

Result<Value> ValueParser::network(const std::string& text, const YamlNode& scalar) const {
  const auto network = text::Network::parse(text);
  if (!network) return std::unexpected(network.error());
  const auto address = text::Address::parse(std::string_view(text).substr(0, text.find('/')));
  if (address && *address != network->base)
    context_.report.add_warning({kHostBits,
                                 "the address has bits beyond the prefix; they are ignored",
                                 scalar.place(context_.file)});
  return NetworkValue{*network};
}

Result<Value> ValueParser::field_reference(const std::string& text) const {
  const WildcardPattern pattern = parse_pattern(text);
  if (!pattern.is_literal() || pattern.literal_text().empty())
    return bad_value(
        fmt::format("'fieldref' expects the name of a field, without wildcards; found '{}'",
                    escape_for_log(text)));
  const bool starts_with = key_.has(Modifier::kStartsWith);
  const bool ends_with = key_.has(Modifier::kEndsWith);
  // A wildcard at both ends, whichever modifiers put them there, is "contains".
  const bool contains = key_.has(Modifier::kContains) || (starts_with && ends_with);
  return FieldValue{.field = std::string(pattern.literal_text()),
                    .starts_with = starts_with && !contains,
                    .ends_with = ends_with && !contains,
                    .contains = contains,
                    .cased = key_.has(Modifier::kCased)};
}

Result<Value> ValueParser::time_part(Modifier modifier, const YamlNode& scalar) const {
  const auto& range =
      *std::find_if(kTimeParts.begin(), kTimeParts.end(),
                    [=](const TimePartRange& known) { return known.modifier == modifier; });
  YamlNode plain = scalar;
  plain.is_plain = true;  // '3' is as good as 3
  const auto number = plain.integer();
  if (!number || *number < range.first || *number > range.last)
    return bad_value(fmt::format("'{}' expects a number from {} to {}, found '{}'",
                                 to_string(modifier), range.first, range.last,
                                 escape_for_log(scalar.text)));
  TimePartValue value{range.part, std::nullopt, *number};
  for (const auto& written : key_.modifiers)
    if (const auto comparison = comparison_of(written.modifier)) value.comparison = comparison;
  return value;
}

}  // namespace nepho::sigma
