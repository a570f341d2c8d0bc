// The condition is walked as it stands. For each of its parts we keep the fewest tests that would
// have to turn out differently for the part to be what is wanted of it: of "and" all that fail, of
// "or" the cheapest way, of "not" what the opposite asks for.
#include "plan/near_miss.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "event/field_path.h"
#include "plan/reference.h"

namespace nepho::plan {
namespace {

using sigma::Expression;
using sigma::Item;
using text::JsonValue;

constexpr std::size_t kMaxValuesShown = 3;

// How each kind of value reads.
struct ValueText {
  std::string operator()(const sigma::TextValue& value) const {
    using Kind = text::WildcardPattern::Kind;
    std::string out;
    for (const auto& piece : value.pattern.pieces()) {
      out += piece.kind == Kind::kAnyRun ? "*" : piece.kind == Kind::kAnyOne ? "?" : piece.literal;
    }
    return out.empty() ? "''" : out;
  }
  std::string operator()(const sigma::NullValue&) const { return "null"; }
  std::string operator()(const sigma::RegexValue& value) const {
    return fmt::format("/{}/", value.regex.source());
  }
  std::string operator()(const sigma::NetworkValue&) const { return "an address in a network"; }
  std::string operator()(const sigma::NumberValue& value) const {
    switch (value.comparison) {
      case sigma::Comparison::kLess: return "a smaller number";
      case sigma::Comparison::kLessOrEqual: return "a number at most so great";
      case sigma::Comparison::kGreater: return "a greater number";
      case sigma::Comparison::kGreaterOrEqual: break;
    }
    return "a number at least so great";
  }
  std::string operator()(const sigma::ExistsValue& value) const {
    return value.expected ? "there" : "not there";
  }
  std::string operator()(const sigma::FieldValue& value) const {
    return "the value of " + value.field;
  }
  std::string operator()(const sigma::TimePartValue&) const { return "another time"; }
};

// What an array test asks of the elements, in short: a block may say much of one.
std::string wanted_by(const sigma::ArraySelector& selector) {
  using Kind = sigma::ArraySelector::Kind;
  switch (selector.kind) {
    case Kind::kAny: return "an element that fits";
    case Kind::kAll:
    case Kind::kAllOrEmpty: return "only elements that fit";
    case Kind::kNone: return "no element that fits";
    case Kind::kAt: break;
  }
  return "an element at [" + to_string(selector) + "] that fits";
}

std::string wanted_by(const Item& item) {
  if (item.array) return wanted_by(item.array->selector);
  std::string out;
  for (std::size_t i = 0; i < item.values.size(); ++i) {
    if (i != 0) out += item.all ? " and " : " or ";
    if (i == kMaxValuesShown) {
      return out + fmt::format("{} more", item.values.size() - i);
    }
    out += std::visit(ValueText{}, item.values[i]);
  }
  return out;
}

class Walk {
 public:
  Walk(const sigma::Rule& rule, const JsonValue& event, const event::LogSource& source,
       bool strict_fields)
      : rule_(rule),
        event_(event),
        source_(source),
        names_(source),
        strict_fields_(strict_fields) {}

  // The fewest items that would have to turn for `expression` to be `wanted`; none: it is already.
  // Recurses as deep as the condition, which the rule's parser bounds.
  std::vector<std::pair<const Item*, bool>> unmet(const Expression& expression, bool wanted) {
    if (expression.kind == Expression::Kind::kItem) {
      const Item& item = rule_.items[expression.item];
      const bool holds = item_holds(item, event_, names_, strict_fields_);
      if (holds && wanted && is_event_name(item)) name_held_ = true;
      if (holds == wanted) return {};
      return {{&item, wanted}};
    }
    if (expression.kind == Expression::Kind::kNot) {
      return unmet(expression.children.front(), !wanted);
    }
    const bool needs_all = (expression.kind == Expression::Kind::kAnd) == wanted;
    return needs_all ? of_all(expression, wanted) : of_any(expression, wanted);
  }

  bool name_held() const { return name_held_; }

  Unmet describe(const Item& item, bool wanted) const {
    const bool should_match = wanted != item.negated;
    return {item.field, (should_match ? "" : "not ") + wanted_by(item), seen(item), item.line};
  }

 private:
  using Items = std::vector<std::pair<const Item*, bool>>;

  Items of_all(const Expression& expression, bool wanted) {
    Items all;
    for (const Expression& child : expression.children) {
      for (auto& item : unmet(child, wanted)) all.push_back(item);
    }
    return all;
  }

  // The cheapest way; a way whose test of the event's name holds before one of another event.
  Items of_any(const Expression& expression, bool wanted) {
    std::optional<Items> best;
    bool best_has_name = false;
    const bool held_before = name_held_;
    for (const Expression& child : expression.children) {
      name_held_ = false;
      Items items = unmet(child, wanted);
      const bool is_better =
          !best || std::pair(!name_held_, items.size()) < std::pair(!best_has_name, best->size());
      if (is_better) {
        best = std::move(items);
        best_has_name = name_held_;
      }
    }
    name_held_ = held_before || best_has_name;
    return best.value_or(Items{});
  }

  bool is_event_name(const Item& item) const {
    if (item.is_keyword() || item.negated) return false;
    const auto paths = source_.paths_of(item.field);
    return std::ranges::any_of(paths, [&](const std::string& path) {
      return std::ranges::find(source_.event_name, path) != source_.event_name.end();
    });
  }

  std::string seen(const Item& item) const {
    if (item.is_keyword()) return "no such text";
    std::string out;
    std::size_t count = 0;
    for (const std::string& path : source_.paths_of(item.field)) {
      event::InnerDocuments inner;
      for (const JsonValue& value :
           event::resolve(event_, path, kMaxValuesShown, &inner, source_.parts)) {
        if (count++ == kMaxValuesShown) return out;
        if (!out.empty()) out += ", ";
        if (value.is_container()) {
          std::string compact;
          text::append_compact(value, compact);
          out += compact.substr(0, kMaxTextShown);
        } else {
          out += value.text();
        }
      }
    }
    return count == 0 ? "nothing" : out;
  }

  const sigma::Rule& rule_;
  const JsonValue& event_;
  const event::LogSource& source_;
  FieldNames names_;
  bool strict_fields_;
  bool name_held_ = false;
};

}  // namespace

std::optional<NearMiss> near_miss(const sigma::Rule& rule, const JsonValue& event,
                                  const event::LogSource& source, bool strict_fields) {
  Walk walk(rule, event, source, strict_fields);
  const auto items = walk.unmet(rule.condition, true);
  if (items.empty() || !walk.name_held()) return std::nullopt;
  NearMiss miss;
  for (const auto& [item, wanted] : items) miss.unmet.push_back(walk.describe(*item, wanted));
  return miss;
}

std::string to_sentence(const Unmet& unmet) {
  if (unmet.field.empty()) {
    return fmt::format("wanted is the keyword {}", escape_for_log(unmet.wanted));
  }
  return fmt::format("{} should be {}, and is {}", escape_for_log(unmet.field),
                     escape_for_log(unmet.wanted), escape_for_log(unmet.seen));
}

}  // namespace nepho::plan
