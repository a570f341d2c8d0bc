// Selections become expressions over items first, whatever the order of the keys; the conditions
// are read when all selections are known, so that a condition may stand above what it names.
// Reading goes on after an error: a rule's author sees all of them at once.
#include "sigma/detection.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/printable.h"
#include "sigma/condition.h"
#include "sigma/errors.h"
#include "sigma/item_parser.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

class DetectionParser {
 public:
  explicit DetectionParser(const ParseContext& context)
      : context_(context), item_parser_(context) {}

  void add_selection(const YamlNode& key, const YamlNode& node) {
    Selection selection{.name = key.text, .place = key.place(context_.file)};
    if (is_left_out(key, node)) {
      selection.expression = Expression{Expression::Kind::kOr, 0, {}};  // of nothing: never
    } else if (auto expression = parse_selection(node)) {
      selection.expression = *std::move(expression);
    } else {
      failed_ = true;
    }
    selections_.push_back(std::move(selection));
  }

  // `node` is one condition or a list of them.
  void add_conditions(const YamlNode& node) {
    if (node.is_sequence()) {
      for (const YamlNode& item : node.items) {
        add_condition(item);
        if (is_too_large()) return;
      }
      if (node.items.empty())
        fail_with(kBadCondition, "expected a condition, found an empty list", node);
    } else {
      add_condition(node);
    }
  }

  std::optional<Detection> finish(std::string timeframe) {
    if (failed_) return std::nullopt;
    for (const Selection& selection : selections_) {
      if (!selection.used)
        context_.report.add_warning(
            {kUnusedSelection,
             fmt::format("no condition uses the selection '{}'", escape_for_log(selection.name)),
             selection.place});
    }
    return Detection{std::move(items_), join(Expression::Kind::kOr, std::move(conditions_)),
                     std::move(timeframe), is_negated_, num_nodes_};
  }

  // One selection without a name, and nothing else.
  std::optional<Detection> parse_basic_block(const YamlNode& node) {
    auto expression = parse_selection(node);
    if (!expression || failed_) return std::nullopt;
    if (!count_nodes(*expression, node)) return std::nullopt;
    return Detection{std::move(items_), *std::move(expression), {}, false, num_nodes_};
  }

  void fail_with(ErrorCode code, std::string message, const YamlNode& node, std::string hint = {}) {
    context_.report.add_error(
        {code, std::move(message), node.place(context_.file), std::move(hint)});
    failed_ = true;
  }

 private:
  // Whether `node` is an optional filter that lacks the values of a placeholder.
  bool is_left_out(const YamlNode& key, const YamlNode& node) const {
    if (!key.text.starts_with("filter_optional")) return false;
    std::set<std::string> names;
    // A selection is a mapping, or a list of them; so is a block in it.
    std::vector<const YamlNode*> open{&node};
    while (!open.empty()) {
      const YamlNode& at = *open.back();
      open.pop_back();
      for (const YamlNode& element : at.items) open.push_back(&element);
      for (const auto& [field, values] : at.members) {
        if (!values.is_scalar()) open.push_back(&values);
        if (field.text.find("|expand") == std::string::npos) continue;
        for (const YamlNode& value : values.is_sequence() ? values.items : std::vector{values}) {
          names.merge(missing(value));
        }
      }
    }
    if (names.empty()) return false;
    context_.report.add(
        Severity::kNote,
        {kFilterLeftOut,
         fmt::format("the filter '{}' takes nothing away: %{}% has no values",
                     escape_for_log(key.text), escape_for_log(*names.begin())),
         key.place(context_.file), "give them in nephometer.yml or with --placeholders FILE"});
    if (context_.missing != nullptr) context_.missing->optional.merge(names);
    return true;
  }

  std::set<std::string> missing(const YamlNode& value) const {
    if (!value.is_scalar()) return {};
    const auto names = missing_names(value.text, context_.placeholders);
    return {names.begin(), names.end()};
  }

  std::optional<Expression> parse_selection(const YamlNode& node) {
    if (node.is_mapping()) return parse_mapping(node);
    if (node.is_sequence()) return parse_list(node);
    return parse_keywords({&node});
  }

  std::optional<Expression> parse_mapping(const YamlNode& node) {
    std::vector<Expression> lines;
    bool good = true;
    for (const auto& [key, values] : node.members) {
      auto line = context_.array_matching && is_block(values) ? parse_block(key, values)
                                                              : parse_line(key, values);
      good = good && line.has_value();
      if (line) lines.push_back(*std::move(line));
    }
    if (node.members.empty()) fail_with(kBadValue, "this selection is empty", node);
    if (context_.array_matching) note_split_elements(node);
    return good && !lines.empty() ? std::optional(join(Expression::Kind::kAnd, std::move(lines)))
                                  : std::nullopt;
  }

  // "items[any].a" beside "items[any].b" reads like one element, and is not.
  void note_split_elements(const YamlNode& mapping) const {
    constexpr std::string_view kSelector = "[any].";
    std::map<std::string_view, std::size_t> line_of;
    for (const auto& [key, values] : mapping.members) {
      const std::size_t end = key.text.find(kSelector);
      if (end == std::string::npos || end == 0 || key.text[end - 1] == '\\') continue;
      const auto array = std::string_view(key.text).substr(0, end);
      const auto [first, is_new] = line_of.emplace(array, key.line);
      if (is_new) continue;
      context_.report.add(
          Severity::kNote,
          {kSplitElements,
           fmt::format("this and line {} may hold for two elements of '{}'", first->second,
                       escape_for_log(array)),
           key.place(context_.file),
           fmt::format("write both below one '{}[any]:' to ask for one", escape_for_log(array))});
    }
  }

  std::optional<Expression> parse_line(const YamlNode& key, const YamlNode& values) {
    auto item = item_parser_.parse(key, values);
    if (!item) return std::nullopt;
    if (item->is_keyword() && context_.array_depth != 0) {
      fail_with(kBadValue, "keywords are looked for in the whole event, not in an element", key,
                "name a field of the element, or '.', the element itself");
      return std::nullopt;
    }
    return keep(*std::move(item));
  }

  static bool is_block(const YamlNode& values) {
    return values.is_mapping() ||
           (values.is_sequence() && !values.items.empty() &&
            std::ranges::all_of(values.items, [](const auto& item) { return item.is_mapping(); }));
  }

  std::optional<Expression> parse_block(const YamlNode& key, const YamlNode& node) {
    auto parts = item_parser_.parse_block_key(key);
    if (!parts) return std::nullopt;
    ParseContext inner = context_;
    inner.array_depth += parts->size();
    auto body = parse_body(key, node, inner);
    if (!body) return std::nullopt;
    return keep(
        put_into_arrays(*std::move(parts),
                        {.items = std::move(body->items), .condition = std::move(body->condition)},
                        {.line = key.line, .column = key.column}),
        body->num_nodes);
  }

  // Recurses as deep as YAML nests (Limits::max_yaml_depth).
  static std::optional<Detection> parse_body(const YamlNode& key, const YamlNode& node,
                                             const ParseContext& context) {
    if (node.is_mapping() && node.find("condition") != nullptr)
      return parse_detection(key, node, {}, context);
    return DetectionParser(context).parse_basic_block(node);
  }

  // Mappings and keywords, any of which will do; the keywords are one item.
  std::optional<Expression> parse_list(const YamlNode& node) {
    std::vector<Expression> parts;
    std::vector<const YamlNode*> keywords;
    bool good = true;
    for (const YamlNode& element : node.items) {
      if (element.is_scalar()) {
        keywords.push_back(&element);
      } else if (element.is_mapping()) {
        auto mapping = parse_mapping(element);
        good = good && mapping.has_value();
        if (mapping) parts.push_back(*std::move(mapping));
      } else {
        fail_with(kWrongType, "expected a mapping or a keyword, found a list in the list", element);
        good = false;
      }
    }
    if (!keywords.empty()) {
      auto expression = parse_keywords(keywords);
      good = good && expression.has_value();
      if (expression) parts.push_back(*std::move(expression));
    }
    if (node.items.empty()) fail_with(kBadValue, "this selection is empty", node);
    return good && !parts.empty() ? std::optional(join(Expression::Kind::kOr, std::move(parts)))
                                  : std::nullopt;
  }

  std::optional<Expression> parse_keywords(const std::vector<const YamlNode*>& scalars) {
    if (context_.array_depth != 0) {
      fail_with(kBadValue, "keywords are looked for in the whole event, not in an element",
                *scalars.front(), "write them behind '.', the element itself");
      return std::nullopt;
    }
    auto item = item_parser_.parse_keywords(scalars);
    return item ? std::optional(keep(*std::move(item))) : std::nullopt;
  }

  // `num_inner_nodes` are those of the conditions in its array test.
  Expression keep(Item item, std::size_t num_inner_nodes = 0) {
    items_.push_back(std::move(item));
    num_inner_nodes_.push_back(num_inner_nodes);
    return Expression::of_item(items_.size() - 1);
  }

  void add_condition(const YamlNode& node) {
    if (!node.is_scalar()) {
      fail_with(kWrongType, "expected a condition, like 'selection and not filter'", node);
      return;
    }
    Place place = node.place(context_.file);
    // Where a quoted or block text begins is not known to the byte: point at the whole.
    const Place inner = node.is_plain ? place : Place{.file = place.file, .line = place.line};
    const auto condition = parse_condition(node.text, inner, context_.limits);
    auto expression = condition ? resolve(*condition, selections_, inner, context_.limits)
                                : Result<Expression>(std::unexpected(condition.error()));
    if (!expression) {
      Error error = std::move(expression.error());
      if (error.place.column == 0) error.place = std::move(place);
      context_.report.add_error(std::move(error));
      failed_ = true;
      return;
    }
    is_negated_ = is_negated_ && is_negated(*condition);
    if (!count_nodes(*expression, node)) return;
    conditions_.push_back(*std::move(expression));
  }

  // Each condition is bounded by its resolver, their sum here: a list may name one large selection
  // as often as it has elements, and a condition one large array test.
  bool count_nodes(const Expression& expression, const YamlNode& at) {
    num_nodes_ += num_nodes(expression) + num_nodes_below(expression);
    if (!is_too_large()) return true;
    fail_with(kTooMany,
              fmt::format("the conditions with their selections have more than {} parts",
                          context_.limits.max_condition_nodes),
              at);
    return false;
  }

  bool is_too_large() const { return num_nodes_ > context_.limits.max_condition_nodes; }

  // Of the array tests that `expression` names: at most max_condition_nodes each, so that the sum
  // fits in 64 bits. Recurses as deep as the condition, which its parser bounds.
  std::size_t num_nodes_below(const Expression& expression) const {
    if (expression.kind == Expression::Kind::kItem) return num_inner_nodes_[expression.item];
    std::size_t sum = 0;
    for (const Expression& child : expression.children) sum += num_nodes_below(child);
    return sum;
  }

  // Recurses as deep as the condition, which its parser bounds.
  static bool is_negated(const Condition& condition) {
    if (condition.kind == Condition::Kind::kNot) return true;
    return !condition.children.empty() &&
           std::all_of(condition.children.begin(), condition.children.end(), is_negated);
  }

  const ParseContext& context_;
  ItemParser item_parser_;
  std::vector<Item> items_;
  std::vector<std::size_t> num_inner_nodes_;  // of each item
  std::vector<Selection> selections_;
  std::vector<Expression> conditions_;
  std::size_t num_nodes_ = 0;  // of all conditions_
  bool is_negated_ = true;
  bool failed_ = false;
};

}  // namespace

std::optional<Detection> parse_detection(const YamlNode& key, const YamlNode& node,
                                         std::span<const std::string_view> other_keys,
                                         const ParseContext& context) {
  DetectionParser parser(context);
  if (!node.is_mapping()) {
    parser.fail_with(kWrongType, fmt::format("'{}' expects selections and a condition", key.text),
                     key);
    return std::nullopt;
  }
  const YamlNode* conditions = node.find("condition");
  const YamlNode* timeframe = node.find("timeframe");
  std::size_t num_selections = 0;
  for (const auto& [name, value] : node.members) {
    if (&value == conditions || &value == timeframe ||
        std::ranges::count(other_keys, name.text) != 0)
      continue;
    parser.add_selection(name, value);
    ++num_selections;
  }
  if (num_selections == 0)
    parser.fail_with(kMissingKey, "there is no selection", key,
                     "add one: selection: {eventName: CreateUser}");
  if (conditions == nullptr) {
    parser.fail_with(kMissingKey, "there is no condition", key, "add 'condition: selection'");
  } else if (num_selections != 0) {
    parser.add_conditions(*conditions);
  }
  if (timeframe != nullptr)
    context.report.add_warning(
        {kTimeframe, "'timeframe' belongs to the aggregations of Sigma 1 and has no effect",
         node.find_key("timeframe")->place(context.file), "use a correlation's timespan"});
  return parser.finish(timeframe == nullptr ? std::string() : timeframe->text);
}

}  // namespace nepho::sigma
