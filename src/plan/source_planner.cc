#include "plan/source_planner.h"

#include <algorithm>
#include <unordered_map>
#include <variant>

#include "event/path_marks.h"

namespace nepho::plan {
namespace {

// Rough costs of asking a predicate, in units of one look-up in a set. Guesses that only order
// work: measured effects are in bench/.
constexpr double kSetCost = 1;
constexpr double kPatternCost = 4;
constexpr double kOtherCost = 8;
constexpr double kRegexCost = 8;
constexpr double kKeywordCost = 1000;  // and array tests: the event is parsed for them

bool only_texts(const sigma::Item& item) {
  return !item.all && !item.array &&
         std::all_of(item.values.begin(), item.values.end(), [](const auto& value) {
           const auto* text = std::get_if<sigma::TextValue>(&value);
           return text != nullptr && !text->number;
         });
}

bool refers_to_fields(const sigma::Item& item) {
  return std::any_of(item.values.begin(), item.values.end(), [](const auto& value) {
    return std::holds_alternative<sigma::FieldValue>(value);
  });
}

double cost_of_value(const sigma::Value& value) {
  if (const auto* text = std::get_if<sigma::TextValue>(&value)) {
    return text->pattern.is_literal() ? kSetCost : kPatternCost;
  }
  return std::holds_alternative<sigma::RegexValue>(value) ? kRegexCost : kOtherCost;
}

double cost_of_item(const sigma::Item& item) {
  if (item.is_keyword() || item.array) return kKeywordCost;
  double sum = 0;
  for (const sigma::Value& value : item.values) sum += cost_of_value(value);
  const bool literal_list =
      only_texts(item) && sum == kSetCost * static_cast<double>(item.values.size());
  return literal_list ? kSetCost : sum;
}

class Planner {
 public:
  Planner(const event::LogSource* source, const std::vector<sigma::Rule>& rules,
          event::KeyTable& keys)
      : source_(source), rules_(rules), keys_(keys) {
    plan_.source = source;
    const std::vector<std::string> fields = source ? source->dispatch : std::vector<std::string>{};
    plan_.dispatch.emplace(fields.size());
    for (const std::string& field : fields) plan_.dispatch_slots.push_back(slot(field));
    if (source != nullptr) {
      if (!source->inner_json.empty()) plan_.inner_json.emplace(source->inner_json, keys_);
      plan_.time = paths(source->time);
      plan_.unique_id = paths(source->unique_id);
      plan_.actor = paths(source->actor);
      plan_.source_ip = paths(source->source_ip);
      plan_.account = paths(source->account);
    }
  }

  void add(std::uint32_t index) {
    const sigma::Rule& rule = rules_[index];
    plan_.programs.push_back(compile(
        rule.condition, [&](std::size_t item) { return predicate(rule.items[item]); },
        [&](std::size_t item) {
          return reads_strings(rule.items[item]) ? kKeywordCost : cost_of_item(rule.items[item]);
        }));
    std::vector<std::optional<RequiredTexts>> required;
    for (const std::uint32_t slot : plan_.dispatch_slots)
      required.push_back(required_in(rule, slot));
    const auto number = static_cast<std::uint32_t>(plan_.rules.size());
    plan_.dispatch->add(number, std::move(required));
    plan_.anchors_of_rule.emplace_back();
    anchor(number, rule);
    plan_.rules.push_back(index);
  }

  SourcePlan take() {
    plan_.literals = settle(plan_.anchors, [this](std::uint32_t predicate) -> const sigma::Item& {
      return *plan_.predicates[predicate].item;
    });
    return std::move(plan_);
  }

 private:
  std::vector<event::FieldPath> paths(const std::vector<std::string>& texts) {
    std::vector<event::FieldPath> paths;
    for (const std::string& text : texts) paths.emplace_back(text, keys_);
    return paths;
  }

  // Gives the rule its anchors, where it has such items apart from those that dispatch looks at.
  void anchor(std::uint32_t number, const sigma::Rule& rule) {
    const auto& dispatched = plan_.dispatch_slots;
    const auto items = anchor_items(rule, [&](const sigma::Item& item) {
      return std::find(dispatched.begin(), dispatched.end(), slot(item.field)) == dispatched.end();
    });
    if (!items) return;
    for (const std::size_t item : *items) add_anchor(predicate(rule.items[item]), number);
  }

  void add_anchor(std::uint32_t predicate, std::uint32_t rule) {
    const std::uint32_t slot = plan_.predicates[predicate].slot;
    const auto next = static_cast<std::uint32_t>(plan_.anchors.size());
    const std::uint32_t at = anchors_of_slot_.emplace(slot, next).first->second;
    if (at == next) plan_.anchors.emplace_back().slot = slot;
    auto& anchors = plan_.anchors[at].anchors;
    const auto [known, is_new] = anchor_of_predicate_.emplace(predicate, anchors.size());
    if (is_new) anchors.push_back({predicate, {}});
    auto& rules = anchors[known->second].rules;
    if (rules.empty() || rules.back() != rule) rules.push_back(rule);
    auto& of_rule = plan_.anchors_of_rule[rule];
    if (std::find(of_rule.begin(), of_rule.end(), at) == of_rule.end()) of_rule.push_back(at);
  }

  // The slot of a field name; names that stand for the same paths share one.
  std::uint32_t slot(const std::string& field) {
    const auto known = slot_of_field_.find(field);
    if (known != slot_of_field_.end()) return known->second;
    const std::vector<std::string> texts =
        source_ ? source_->paths_of(field) : std::vector<std::string>{field};
    std::vector<std::string> in_order = texts;
    std::sort(in_order.begin(), in_order.end());
    std::string joined;
    for (const std::string& text : in_order) joined += text + '\n';
    const auto next = static_cast<std::uint32_t>(plan_.slots.size());
    const auto [at, is_new] = slot_of_paths_.emplace(joined, next);
    if (is_new) {
      std::vector<std::string> in_record = texts;
      std::erase_if(in_record, event::holds_json_step);
      plan_.slots.emplace_back(in_record, keys_, event::parts_of(source_));
      plan_.slot_reads_strings.push_back(in_record.size() != texts.size());
    }
    slot_of_field_.emplace(field, at->second);
    return at->second;
  }

  // Whether the item looks into strings that hold JSON, which a view of the record does not.
  bool reads_strings(const sigma::Item& item) {
    return !item.is_keyword() && plan_.slot_reads_strings[slot(item.field)];
  }

  // What two items have in common that are the same test. Many rules ask for one field.
  static std::string shape_of(const sigma::Item& item) {
    std::string shape = item.field + '\n' + std::to_string(item.values.size());
    if (item.values.empty()) return shape;
    const auto* const first = std::get_if<sigma::TextValue>(&item.values.front());
    if (first != nullptr) (shape += '\n') += first->pattern.longest_literal();
    return shape;
  }

  // Candidates of the same shape are compared one by one.
  std::uint32_t predicate(const sigma::Item& item) {
    auto& same_shape = predicates_of_[shape_of(item)];
    for (const std::uint32_t number : same_shape) {
      if (plan_.predicates[number].item->same_test(item)) return number;
    }
    const auto number = static_cast<std::uint32_t>(plan_.predicates.size());
    plan_.predicates.push_back(make_predicate(item));
    same_shape.push_back(number);
    return number;
  }

  Predicate make_predicate(const sigma::Item& item) {
    Predicate predicate;
    predicate.item = &item;
    predicate.needs_reference = item.is_keyword() || item.array || refers_to_fields(item);
    predicate.reads_strings = reads_strings(item);
    if (!item.is_keyword()) predicate.slot = slot(item.field);
    if (only_texts(item)) {
      predicate.texts.emplace();
      for (const auto& value : item.values) predicate.texts->add(std::get<sigma::TextValue>(value));
    }
    return predicate;
  }

  // What the rule requires in the field behind a dispatch slot, under whatever name it is written.
  std::optional<RequiredTexts> required_in(const sigma::Rule& rule, std::uint32_t wanted) {
    std::optional<RequiredTexts> best;
    for (const sigma::Item& item : rule.items) {
      if (item.is_keyword() || slot(item.field) != wanted) continue;
      auto texts = required_texts(rule, item.field);
      if (texts && (!best || texts->size() < best->size())) best = std::move(texts);
    }
    return best;
  }

  const event::LogSource* source_;
  const std::vector<sigma::Rule>& rules_;
  event::KeyTable& keys_;
  SourcePlan plan_;
  std::unordered_map<std::uint32_t, std::uint32_t> anchors_of_slot_;
  std::unordered_map<std::uint32_t, std::size_t> anchor_of_predicate_;  // among those of its slot
  std::unordered_map<std::string, std::uint32_t> slot_of_field_;
  std::unordered_map<std::string, std::uint32_t> slot_of_paths_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> predicates_of_;
};

}  // namespace

SourcePlan plan_source(const event::LogSource* source, const std::vector<sigma::Rule>& rules,
                       const std::vector<std::uint32_t>& indices, event::KeyTable& keys) {
  Planner planner(source, rules, keys);
  for (const std::uint32_t index : indices) planner.add(index);
  return planner.take();
}

}  // namespace nepho::plan
