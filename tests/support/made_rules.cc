#include "tests/support/made_rules.h"

#include "text/fold.h"
#include "text/json_writer.h"

namespace nepho::tests {
namespace {

constexpr std::string_view kFields[] = {"name",          "source", "user.type", "user.name",
                                        "user.tags.key", "list",   "list.name", "count",
                                        "time",          "a.b.c"};
constexpr std::string_view kKeys[] = {"name", "source", "user", "type",      "tags",      "key",
                                      "list", "count",  "time", "user.type", "user.tags", "a",
                                      "b.c",  "a.b",    "c",    "other"};
constexpr std::string_view kWords[] = {"CreateUser",
                                       "createuser",
                                       "Root",
                                       "root",
                                       "",
                                       "a",
                                       "AB",
                                       "10.1.2.3",
                                       "10.0.0.1",
                                       "::ffff:10.9.9.9",
                                       "fe80::1",
                                       "404",
                                       "404.0",
                                       "12",
                                       "true",
                                       "null",
                                       "2026-03-01T10:15:00Z",
                                       "2026-03-01T23:59:59.123+02:00",
                                       "caf\u00E9",
                                       "CAF\u00C9",
                                       "\u212A",
                                       "line\nend",
                                       "quote\"d",
                                       "back\\slash",
                                       "tab\t",
                                       "a*b",
                                       "{\"a\":\"b\"}",
                                       "{\"a\":[\"Root\",404,null],\"list\":{\"b\":\"a\"}}",
                                       "[{\"a\":{\"b\":\"Root\"}},{\"a\":true}]",
                                       "{\"a\":",
                                       "\"Root\"",
                                       "\"\"",
                                       "\"back\\slash\"",
                                       "\"two\" \"parts\""};
constexpr std::string_view kNumbers[] = {
    "0",     "-0",   "1",   "404", "404.0", "4.04e2", "12", "9007199254740992", "9007199254740993",
    "1e400", "-1.5", "-12", "23"};
constexpr const char* kRegexes[] = {"^Create", "(?i)root", "a.*b",       "\\d+",
                                    "user$",   "^$",       "[aeiou]{2}", "\\\\"};
constexpr const char* kNetworks[] = {"10.0.0.0/8", "10.1.2.3/32", "::/0", "0.0.0.0/0", "fe80::/10"};

// The beginning of a field that names an element, and what may stand behind the name.
constexpr std::string_view kPivotFields[] = {"list.", "user.tags.", "tags."};
// Inside strings that hold JSON.
constexpr std::string_view kInnerFields[] = {"name.a", "name.list.b", "user.type.a", "list.a"};
// Of others' texts.
constexpr std::string_view kPartFields[] = {"begin", "code"};
constexpr std::string_view kBehindNames[] = {"", "", ".source", ".count", ".a.b"};

}  // namespace

event::LogSource source_with_pivots() {
  event::LogSource source;
  source.id = "made";
  source.sigma.push_back({.product = "made", .category = {}, .service = {}});
  source.dispatch = {"source", "name"};
  source.pivots = {{"list", "name", {"count", "time"}, {"source"}},
                   {"user.tags", "key", {"a.b"}, {"count"}}};
  source.inner_json = {"name", "user.type", "list"};
  // Letters that differ only in case, what needs escapes, nothing at all; and of elements too.
  source.parts = {
      {"begin", "name", text::CapturingRegex::compile("^(.{0,3})").value(), {}},
      {"begin", "list", text::CapturingRegex::compile("(?:^C(.*)|([\"\\\\t].*))$").value(), {}},
      {"begin", "a.b.c", text::CapturingRegex::compile("^(R|a|4).*").value(), {{"R", "Root"}}},
      {"code", "count", std::nullopt, {{"404", "Root"}, {"12", "404"}, {"true", "a"}}}};
  // One field may stand in many places.
  source.aliases = {{"tags", {"user.tags"}, "other"},
                    {"count", {"list.Root"}, "other"},
                    {"user.name", {"other", "user.key", "a.c", "list.b.c", "time"}, "other"}};
  return source;
}

event::LogSources sources_for(Arrays arrays, Reached reached) {
  if (arrays != Arrays::kNamed && reached == Reached::kAlways) return {};
  event::LogSource source = source_with_pivots();
  if (reached == Reached::kByOne) source.dispatch = {"name"};
  if (reached == Reached::kByThree) source.dispatch = {"source", "user.type", "name"};
  if (arrays != Arrays::kNamed) {
    source.pivots.clear();
    source.aliases.clear();
    source.parts.clear();
  }
  return event::LogSources({source});
}

std::string Maker::field() {
  if (arrays_ != Arrays::kNamed || !one_in(3)) return std::string(pick(kFields));
  if (one_in(3)) return std::string(pick(kInnerFields));
  if (one_in(3)) return std::string(pick(kPartFields));
  return std::string(pick(kPivotFields)).append(pick(kWords)).append(pick(kBehindNames));
}

sigma::TextValue Maker::text_value() {
  sigma::TextValue value;
  value.cased = one_in(4);
  const std::string word(pick(kWords));
  const std::string literal = value.cased ? word : text::fold_case(word);
  const auto cut = draw(literal.size() + 1);
  switch (draw(8)) {
    case 0: value.pattern.append_any_run(); [[fallthrough]];
    case 1: value.pattern.append_literal(literal), value.pattern.append_any_run(); break;
    case 2: value.pattern.append_any_run(), value.pattern.append_literal(literal); break;
    case 3:
      value.pattern.append_literal(literal.substr(0, cut)), value.pattern.append_any_one();
      break;
    case 4:
      value.pattern.append_literal(literal.substr(0, cut));
      value.pattern.append_any_run();
      value.pattern.append_literal(literal.substr(cut));
      break;
    default: value.pattern.append_literal(literal);
  }
  if (one_in(5)) {
    const std::string number(pick(kNumbers));
    value.pattern = text::WildcardPattern::literal(text::fold_case(number));
    value.number = text::Decimal::parse(number);
  }
  return value;
}

sigma::Value Maker::value(std::uint32_t kind) {
  switch (kind) {
    case 0: return sigma::NullValue{};
    case 1: return sigma::RegexValue{*text::Regex::compile(pick(kRegexes))};
    case 2: return sigma::NetworkValue{*text::Network::parse(pick(kNetworks))};
    case 3:
      return sigma::NumberValue{static_cast<sigma::Comparison>(draw(4)),
                                *text::Decimal::parse(pick(kNumbers))};
    case 4: return sigma::ExistsValue{one_in(2)};
    case 5: {
      sigma::FieldValue value;
      value.field = field();
      value.cased = one_in(4);
      return value;
    }
    case 6: {
      sigma::TimePartValue value;
      value.part = static_cast<sigma::TimePart>(draw(6));
      if (one_in(2)) value.comparison = static_cast<sigma::Comparison>(draw(4));
      value.number = draw(24);
      return value;
    }
    default: return text_value();
  }
}

sigma::Item Maker::item() {
  if (arrays_ == Arrays::kElements && one_in(4)) return array_item(0);
  sigma::Item item;
  if (!one_in(12)) item.field = field();
  const std::uint32_t kind = item.is_keyword() ? 7 : draw(16);
  for (std::uint32_t i = 0; i < 1 + draw(3); ++i)
    item.values.push_back(value(one_in(8) && !item.is_keyword() ? draw(8) : kind));
  item.all = one_in(5);
  item.negated = one_in(8);
  return item;
}

sigma::Item Maker::element_item(int depth) {
  if (depth < 2 && one_in(5)) return array_item(depth + 1);
  sigma::Item item{.field = one_in(3) ? "." : std::string(pick(kKeys))};
  for (std::uint32_t i = 0; i < 1 + draw(2); ++i) item.values.push_back(value(draw(10)));
  item.negated = one_in(8);
  return item;
}

sigma::Item Maker::array_item(int depth) {
  sigma::ArrayTest test;
  test.selector.kind = static_cast<sigma::ArraySelector::Kind>(draw(5));
  if (test.selector.kind == sigma::ArraySelector::Kind::kAt)
    test.selector.index = static_cast<std::int64_t>(draw(5)) - 2;
  for (std::uint32_t i = 0; i < 1 + draw(2); ++i) test.items.push_back(element_item(depth));
  test.condition = condition(test.items.size(), 1);
  return {.field = std::string(depth > 0 && one_in(3) ? "." : pick(kFields)),
          .array = std::move(test)};
}

sigma::Expression Maker::condition(std::size_t num_items, int depth) {
  if (depth > 2 || one_in(3)) return sigma::Expression::of_item(draw(num_items));
  sigma::Expression part;
  if (one_in(4)) {
    part.kind = sigma::Expression::Kind::kNot;
    part.children.push_back(condition(num_items, depth + 1));
    return part;
  }
  part.kind = one_in(2) ? sigma::Expression::Kind::kAnd : sigma::Expression::Kind::kOr;
  for (std::uint32_t i = 0; i < 1 + draw(3); ++i)
    part.children.push_back(condition(num_items, depth + 1));
  return part;
}

sigma::Rule Maker::rule() {
  sigma::Rule rule;
  rule.id.value = "made-" + std::to_string(draw(1U << 30U));
  rule.logsource.product = "made";
  for (std::uint32_t i = 0; i < 1 + draw(4); ++i) rule.items.push_back(item());
  rule.condition = condition(rule.items.size(), 0);
  return rule;
}

// A string as a record may write it.
std::string Maker::json_text() {
  std::string text;
  text::append_json_quoted(pick(kWords), text);
  // Any character may be written as an escape.
  if (one_in(6) && text.size() > 2 && text[1] >= 'A' && text[1] <= 'z' && text[1] != '\\') {
    text.replace(1, 1,
                 one_in(2) ? "\\u00" + std::string(1, "4567"[text[1] >> 4 & 3]) +
                                 std::string(1, "0123456789abcdef"[text[1] & 15])
                           : std::string(1, text[1]));
  }
  for (std::size_t at = text.find("\\\""); at != text.npos; at = text.find("\\\"", at + 1)) {
    if (one_in(4)) text.replace(at, 2, "\\u0022");
  }
  return text;
}

// Elements with names, some in arrays of their own, keys in any order and more than once.
std::string Maker::named_elements() {
  constexpr std::string_view kNames[] = {"name", "name", "key", "key"};
  constexpr std::string_view kValues[] = {"count", "time", "source", "a.b", "a"};
  std::string list = "[";
  for (std::uint32_t i = draw(4); i > 0; --i) {
    std::string members;
    for (std::uint32_t j = 1 + draw(4); j > 0; --j) {
      const bool is_name = one_in(2);
      members.append("\"").append(is_name ? pick(kNames) : pick(kValues)).append("\":");
      members += one_in(8) ? json_value(2) : json_text();
      if (j > 1) members += ',';
    }
    const bool nested = one_in(6);
    list.append(nested ? "[{" : "{").append(members).append(nested ? "}]" : "}");
    if (i > 1) list += ',';
  }
  return list + ']';
}

std::string Maker::json_value(int depth) {
  if (arrays_ == Arrays::kNamed && depth <= 1 && one_in(3)) return named_elements();
  switch (draw(depth > 2 ? 6 : 10)) {
    case 0: return pick({"null", "true", "false"});
    case 1: return std::string(pick(kNumbers));
    case 6:
    case 7: {
      std::string list = "[";
      for (std::uint32_t i = draw(4); i > 0; --i)
        list += json_value(depth + 1) + (i > 1 ? "," : "");
      return list + "]";
    }
    case 8:
    case 9: return json_object(depth + 1);
    default: return json_text();
  }
}

std::string Maker::json_object(int depth) {
  const std::string_view blank = one_in(4) ? " " : "";
  std::string object = "{";
  const std::uint32_t num_members = draw(5);
  for (std::uint32_t i = 0; i < num_members; ++i) {
    if (i > 0) object += ",";
    object.append(blank)
        .append("\"")
        .append(pick(kKeys))
        .append("\"")
        .append(blank)
        .append(":")
        .append(blank);
    object += json_value(depth);
  }
  return object.append(blank) + "}";
}

std::string Maker::event() {
  std::string members;
  for (std::uint32_t i = 2 + draw(6); i > 0; --i) {
    members += "\"" + std::string(pick(kKeys)) + "\":" + json_value(0) + (i > 1 ? "," : "");
  }
  return "{" + members + "}";
}

}  // namespace nepho::tests
