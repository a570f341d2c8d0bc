#include "detect/evaluator.h"

#include <algorithm>
#include <variant>

#include "base/hash.h"
#include "plan/reference.h"
#include "plan/scalar.h"
#include "text/fold.h"
#include "text/json.h"

namespace nepho::detect {
namespace {

using event::RawValue;
using text::JsonType;

// Distinct classes of events kept; real logs have a few thousand, and an attacker who makes up more
// only makes us forget.
constexpr std::size_t kMaxClasses = 1U << 16U;

bool has_container(const std::vector<RawValue>& values) {
  return std::any_of(values.begin(), values.end(), [](const auto& v) { return v.is_container(); });
}

}  // namespace

Evaluator::Evaluator(const plan::Plan& plan, const plan::SourcePlan& source)
    : plan_(&plan),
      source_(&source),
      names_(source.source != nullptr ? plan::FieldNames(*source.source) : plan::FieldNames()),
      slots_(source.slots.size()),
      predicates_(source.predicates.size()) {}

const std::vector<std::uint32_t>& Evaluator::evaluate(const event::RecordView& view) {
  view_ = &view;
  ++epoch_;
  matched_.clear();
  for (const std::uint32_t rule : candidates()) {
    const bool fires = plan::run(source_->programs[rule],
                                 [this](std::uint32_t predicate) { return holds(predicate); });
    if (fires) matched_.push_back(source_->rules[rule]);
  }
  return matched_;
}

// The class of an event is the row of its dispatch texts; its candidates are worked out once.
const std::vector<std::uint32_t>& Evaluator::candidates() {
  class_key_.clear();
  for (const std::uint32_t slot : source_->dispatch_slots) {
    const auto text = dispatch_text(slot);
    class_key_ += text ? '=' : '?';
    if (text) class_key_ += *text;
    class_key_ += '\n';  // stands in no raw JSON string
  }
  // A log is mostly a few classes over and over: each has its place among the latest.
  const Class*& latest = latest_[hash64(class_key_) % latest_.size()];
  if (latest != nullptr && latest->first == class_key_) return latest->second;
  auto known = classes_.find(class_key_);
  if (known == classes_.end()) {
    std::vector<std::optional<std::string_view>> texts;
    for (const std::uint32_t slot : source_->dispatch_slots) texts.push_back(dispatch_text(slot));
    if (classes_.size() >= kMaxClasses) forget_classes();
    known = classes_.emplace(class_key_, source_->dispatch->candidates(texts)).first;
  }
  latest = &*known;
  return known->second;
}

void Evaluator::forget_classes() {
  classes_.clear();
  latest_.fill(nullptr);
}

// What Dispatch takes: a field's one string, as long as it is written without escapes; "" when
// absent.
std::optional<std::string_view> Evaluator::dispatch_text(std::uint32_t slot) {
  const auto& values = values_of(slot);
  if (values.empty()) return std::string_view{};
  const bool is_plain =
      values.size() == 1 && values[0].type == JsonType::kString && !has_escapes(values[0]);
  if (!is_plain) return std::nullopt;
  return values[0].raw;
}

const std::vector<RawValue>& Evaluator::values_of(std::uint32_t slot) {
  SlotState& state = slots_[slot];
  if (state.epoch != epoch_) {
    state.epoch = epoch_;
    state.values.clear();
    view_->resolve(source_->slots[slot], state.values);
  }
  return state.values;
}

bool Evaluator::has_escapes(const RawValue& value) const {
  return view_->may_have_escapes() && value.raw.find('\\') != std::string_view::npos;
}

std::string_view Evaluator::text_of(const RawValue& value) {
  if (value.type != JsonType::kString || !has_escapes(value)) return value.raw;
  decoded_.clear();
  event::append_text(value, decoded_);
  return decoded_;
}

bool Evaluator::holds(std::uint32_t predicate) {
  PredicateState& state = predicates_[predicate];
  if (state.epoch != epoch_) {
    state.epoch = epoch_;
    state.holds = ask(predicate);
  }
  return state.holds;
}

bool Evaluator::ask(std::uint32_t number) {
  const plan::Predicate& predicate = source_->predicates[number];
  const sigma::Item& item = *predicate.item;
  // Keywords, references between fields, and objects or arrays are rare: they go the reference's
  // way.
  if (predicate.needs_reference) return ask_reference(item);
  const auto& values = values_of(predicate.slot);
  if (has_container(values)) return ask_reference(item);
  if (predicate.texts) {
    const bool any = std::any_of(values.begin(), values.end(), [&](const RawValue& value) {
      return value.type != JsonType::kNull &&
             is_in_set(*predicate.texts, predicates_[number], text_of(value));
    });
    return any != item.negated;
  }
  bool holds = item.all;
  for (std::size_t index = 0; index < item.values.size() && holds == item.all; ++index) {
    holds = value_holds(item.values[index], values);
  }
  return holds != item.negated;
}

bool Evaluator::is_in_set(const plan::TextSet& texts, PredicateState& state,
                          std::string_view text) {
  constexpr std::size_t kLongestKept = 32;
  if (text.size() > kLongestKept) return texts.matches(text, scratch_);
  // An empty text is nobody's: both memories begin as empty.
  if (!text.empty() && text == state.held) return true;
  if (!text.empty() && text == state.missed) return false;
  const bool is_in = texts.matches(text, scratch_);
  (is_in ? state.held : state.missed).assign(text);
  return is_in;
}

bool Evaluator::value_holds(const sigma::Value& value, const std::vector<RawValue>& values) {
  if (const auto* exists = std::get_if<sigma::ExistsValue>(&value)) {
    return values.empty() != exists->expected;
  }
  if (std::holds_alternative<sigma::NullValue>(value) && values.empty()) return true;
  return std::any_of(values.begin(), values.end(), [&](const RawValue& candidate) {
    return plan::scalar_holds(value, candidate.type, text_of(candidate));
  });
}

bool Evaluator::ask_reference(const sigma::Item& item) const {
  const auto document = text::JsonDocument::parse(std::string(view_->source()));
  return document &&
         plan::item_holds(item, document->root(), names_, plan_->options().strict_fields);
}

}  // namespace nepho::detect
