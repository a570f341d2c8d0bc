#include "detect/evaluator.h"

#include <algorithm>
#include <bit>
#include <variant>

#include "plan/reference.h"
#include "plan/scalar.h"
#include "text/fold.h"
#include "text/json.h"

namespace nepho::detect {
namespace {

using event::RawValue;
using text::JsonType;

// What distinct classes of events may take; real logs have a few thousand of them, of some hundred
// bytes, and an attacker who makes up more only makes us forget.
constexpr std::size_t kMaxClassesBytes = std::size_t{32} << 20U;
// Of an entry of the map of classes, beside its text and what the class says itself. A guess.
constexpr std::size_t kEntryBytes = 64;
// Places for the classes met last, by the upper bits of a hash: 1,024 in 232 KiB, of which the few
// hundred in use stay in the cache.
constexpr std::size_t kLatestClassesBits = 10;
// In the hash of a class, for a field that is not there, and for one without a text: any numbers
// but 0.
constexpr std::uint64_t kAbsent = 0xD6E8FEB86659FD93U;
constexpr std::uint64_t kUnsaid = 0xA0761D6478BD642FU;
// Longer objects and arrays are seldom the same twice.
constexpr std::size_t kMostKeptBytes = 512;

bool has_container(std::span<const RawValue> values) {
  return std::any_of(values.begin(), values.end(), [](const auto& v) { return v.is_container(); });
}

}  // namespace

Evaluator::Evaluator(const plan::Plan& plan, const plan::SourcePlan& source)
    : plan_(&plan),
      source_(&source),
      names_(source.source != nullptr ? plan::FieldNames(*source.source) : plan::FieldNames()),
      prefixes_(source.slots),
      slots_(source.slots.size()),
      predicates_(source.predicates.size()),
      latest_(std::size_t{1} << kLatestClassesBits) {
  const HashKey key = random_hash_key();
  memories_.assign(source.anchors.size(), ValueMemory(key));
  if (source.literals) literal_scratch_.emplace(*source.literals);
}

const std::vector<std::uint32_t>& Evaluator::evaluate(const event::RecordView& view) {
  view_ = &view;
  prefixes_.begin(view);
  may_have_escapes_ = view.may_have_escapes();
  wants_record_ = false;
  ++epoch_;
  matched_.clear();
  const EventClass& its = class_of_event();
  const auto ask = [this](std::uint32_t predicate) { return holds(predicate); };
  for (const auto& [rule, step] : its.rules) {
    if (plan::run(its.steps, step, ask)) matched_.push_back(source_->rules[rule]);
  }
  if (!its.anchors.empty()) run_anchored(its);
  return matched_;
}

void Evaluator::run(std::uint32_t rule) {
  const bool fires = plan::run(source_->programs[rule],
                               [this](std::uint32_t predicate) { return holds(predicate); });
  if (fires) matched_.push_back(source_->rules[rule]);
}

// The rules of the class to which some value of the event leads. Few do.
void Evaluator::run_anchored(const EventClass& its) {
  reached_.clear();
  for (const std::uint32_t i : its.anchors) {
    const plan::Anchors& anchors = source_->anchors[i];
    if (source_->slot_reads_strings[anchors.slot] && holds_inner_json()) {
      reach_all(anchors);
      continue;
    }
    for (const RawValue& value : values_of(anchors.slot)) {
      if (reach(anchors, memories_[i], value)) continue;
      reach_all(anchors);
      break;
    }
  }
  std::erase_if(reached_, [&](std::uint32_t rule) { return !its.is_anchored[rule]; });
  if (reached_.empty()) return;
  std::sort(reached_.begin(), reached_.end());
  reached_.erase(std::unique(reached_.begin(), reached_.end()), reached_.end());
  for (const std::uint32_t rule : reached_) run(rule);
  std::sort(matched_.begin(), matched_.end());
}

// False where a value cannot be told by itself: a container, whose text and leaves count.
bool Evaluator::reach(const plan::Anchors& anchors, ValueMemory& memory, const RawValue& value) {
  if (value.is_container()) return false;
  const std::string_view text = text_of(value);
  if (text.size() > ValueMemory::kMostTextBytes) {
    const auto rules = led_to(anchors, value);
    reached_.insert(reached_.end(), rules.begin(), rules.end());
    return true;
  }
  if (const auto known = memory.find(value.type, text)) {
    reached_.insert(reached_.end(), known->begin(), known->end());
    return true;
  }
  const std::string kept(text);  // text_of() may use its memory again
  const auto rules = led_to(anchors, value);
  memory.add(value.type, kept, rules);
  reached_.insert(reached_.end(), rules.begin(), rules.end());
  return true;
}

// The rules whose anchors hold for a value, which is looked at once for all of them.
std::vector<std::uint32_t> Evaluator::led_to(const plan::Anchors& anchors, const RawValue& value) {
  const std::string text(text_of(value));
  asked_ = anchors.others;
  if (!anchors.anchors_of_literal.empty()) find_by_literal(anchors, text);
  const auto address = anchors.networks ? text::Address::parse(text) : std::nullopt;
  if (address) anchors.networks->find(*address, asked_);
  std::sort(asked_.begin(), asked_.end());
  asked_.erase(std::unique(asked_.begin(), asked_.end()), asked_.end());
  std::vector<std::uint32_t> rules;
  for (const std::uint32_t at : asked_) {
    const auto& anchor = anchors.anchors[at];
    const sigma::Item& item = *source_->predicates[anchor.predicate].item;
    // With "all" each value of the item may hold by another value of the field: one is enough here.
    const bool may_hold =
        item.all ? std::any_of(item.values.begin(), item.values.end(),
                               [&](const auto& wanted) { return value_holds(wanted, {&value, 1}); })
                 : item_holds(item, {&value, 1});
    if (may_hold) rules.insert(rules.end(), anchor.rules.begin(), anchor.rules.end());
  }
  return rules;
}

void Evaluator::find_by_literal(const plan::Anchors& anchors, std::string_view text) {
  found_.clear();
  source_->literals->find(text::fold_case(text), *literal_scratch_, found_);
  for (const std::uint32_t literal : found_) {
    const auto its = anchors.anchors_of_literal.find(literal);  // or that of another field
    if (its == anchors.anchors_of_literal.end()) continue;
    asked_.insert(asked_.end(), its->second.begin(), its->second.end());
  }
}

void Evaluator::reach_all(const plan::Anchors& anchors) {
  for (const auto& anchor : anchors.anchors) {
    reached_.insert(reached_.end(), anchor.rules.begin(), anchor.rules.end());
  }
}

// A log is mostly a few classes of events over and over: each has its place among the latest.
const EventClass& Evaluator::class_of_event() {
  Latest* const latest = place_of_class();
  if (latest == nullptr) return known_class();
  if (latest->its == nullptr) latest->its = &known_class();
  return *latest->its;
}

// Where the event's class is kept: with its candidates, or empty for the caller to fill. None for a
// log source that dispatches by more fields than there is room for, and for an event with texts
// that are not short.
Evaluator::Latest* Evaluator::place_of_class() {
  const auto& slots = source_->dispatch_slots;
  std::array<const RawValue*, std::tuple_size_v<decltype(Latest::texts)>> values;
  if (slots.empty() || slots.size() > values.size()) return nullptr;
  std::uint64_t hash = 0;
  std::uint32_t absent = 0;
  std::uint32_t unsaid = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!is_said(slots[i])) {
      unsaid |= 1U << i;
      hash = text::hash_with(hash, kUnsaid);
      continue;
    }
    const auto found = values_of(slots[i]);
    values[i] = found.data();
    if (found.empty()) {
      absent |= 1U << i;
      hash = text::hash_with(hash, kAbsent);
      continue;
    }
    if (found[0].raw.size() > text::kNameTextBytes) return nullptr;
    hash = text::hash_of_padded(found[0].raw, hash);
  }
  Latest& latest = latest_[hash >> (64U - kLatestClassesBits)];
  const auto is_there = [texts = ~(absent | unsaid)](std::size_t i) {
    return (texts >> i & 1U) != 0;
  };
  bool is_it = latest.its != nullptr && latest.absent == absent && latest.unsaid == unsaid;
  for (std::size_t i = 0; i < slots.size(); ++i)
    is_it = is_it && (!is_there(i) || latest.texts[i].equals_padded(values[i]->raw));
  if (is_it) return &latest;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (is_there(i)) latest.texts[i].assign(values[i]->raw);
  }
  latest.absent = absent;
  latest.unsaid = unsaid;
  latest.its = nullptr;
  return &latest;
}

// The class of an event is the row of its dispatch texts; a field that is not there has none, which
// is not the empty one.
const EventClass& Evaluator::known_class() {
  class_key_.clear();
  for (const std::uint32_t slot : source_->dispatch_slots) {
    const auto text = dispatch_text(slot);
    class_key_ += !text ? '?' : values_of(slot).empty() ? '-' : '=';
    if (text) class_key_ += *text;
    class_key_ += '\n';  // stands in no raw JSON string
  }
  const auto known = classes_.find(class_key_);
  return known != classes_.end() ? known->second : add_class();
}

// The class of class_key_, with this event to answer for all of it.
const EventClass& Evaluator::add_class() {
  std::vector<std::optional<std::string_view>> texts;
  for (const std::uint32_t slot : source_->dispatch_slots) texts.push_back(dispatch_text(slot));
  EventClass made =
      make_event_class(*source_, source_->dispatch->candidates(texts),
                       [this](std::uint32_t predicate) { return answer_of_class(predicate); });
  const std::size_t size = kEntryBytes + class_key_.size() + made.size_bytes();
  if (classes_bytes_ + size > kMaxClassesBytes) forget_classes();
  classes_bytes_ += size;
  return classes_.emplace(class_key_, std::move(made)).first->second;
}

// What a predicate on a dispatch field answers for every event whose text there is this one's.
std::optional<bool> Evaluator::answer_of_class(std::uint32_t number) {
  const plan::Predicate& predicate = source_->predicates[number];
  const auto& slots = source_->dispatch_slots;
  const bool is_told = !predicate.needs_reference &&
                       std::ranges::find(slots, predicate.slot) != slots.end() &&
                       dispatch_text(predicate.slot);
  return is_told ? std::optional(holds(number)) : std::nullopt;
}

void Evaluator::forget_classes() {
  classes_.clear();
  classes_bytes_ = 0;
  for (Latest& latest : latest_) latest.its = nullptr;
}

// Whether it is known what Dispatch takes of a field: that nothing is there, or one string which is
// written without escapes. Not where more may stand in a string.
bool Evaluator::is_said(std::uint32_t slot) {
  if (source_->slot_reads_strings[slot] && holds_inner_json()) return false;
  const auto values = values_of(slot);
  return values.empty() ||
         (values.size() == 1 && values[0].type == JsonType::kString && !has_escapes(values[0]));
}

// What Dispatch takes; "" when absent.
std::optional<std::string_view> Evaluator::dispatch_text(std::uint32_t slot) {
  if (!is_said(slot)) return std::nullopt;
  const auto values = values_of(slot);
  return values.empty() ? std::string_view{} : values[0].raw;
}

std::span<const RawValue> Evaluator::values_of(std::uint32_t slot) {
  SlotState& state = slots_[slot];
  if (state.epoch == epoch_) return state.values;
  state.epoch = epoch_;
  const event::FieldPath& path = source_->slots[slot];
  if (path.holds_selector()) return values_of_elements(slot);
  const auto prefixes = prefixes_.of(slot);
  switch (view_->find_one(path, prefixes, state.one)) {
    case event::RecordView::Found::kNothing: return state.values = {};
    case event::RecordView::Found::kOne: return state.values = {&state.one, 1};
    case event::RecordView::Found::kUnsure: break;
  }
  state.many.clear();
  view_->resolve(path, prefixes, state.many);
  return state.values = state.many;
}

// What name/value arrays hold counts without its quotes too.
std::span<const RawValue> Evaluator::values_of_elements(std::uint32_t slot) {
  SlotState& state = slots_[slot];
  state.many.clear();
  view_->resolve(source_->slots[slot], state.many);
  const std::size_t num_values = state.many.size();
  for (std::size_t i = 0; i < num_values; ++i) {
    if (state.many[i].type != JsonType::kString) continue;
    const auto inside = event::unquoted_raw(state.many[i].raw);
    if (inside) state.many.push_back({JsonType::kString, *inside, state.many[i].token});
  }
  return state.values = state.many;
}

// What a part makes of a text may be written with escapes though nothing in the record is.
bool Evaluator::has_escapes(const RawValue& value) const {
  return (may_have_escapes_ || !view_->is_of_text(value.raw)) &&
         value.raw.find('\\') != std::string_view::npos;
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
  // way, the last with no more of the record than what stands at the field.
  if (predicate.needs_reference || (predicate.reads_strings && holds_inner_json())) {
    if (view_->holds_cells()) {
      wants_record_ = true;
      return false;
    }
    // What a part makes of a text need not stand in the record.
    const bool may_be_made = !item.is_keyword() && source_->slots[predicate.slot].holds_part();
    return may_be_made || may_hold(number, searched_record()) ? ask_reference(item) : item.negated;
  }
  const auto values = values_of(predicate.slot);
  if (has_container(values)) {
    if (!may_hold(number, searched_slot(predicate.slot))) return item.negated;
    const bool names_an_element = source_->slots[predicate.slot].holds_selector();
    return names_an_element ? ask_reference(item) : ask_container(number, values);
  }
  return holds_for(number, values);
}

// Of several values of a field one has to be it; only with "all" may each hold another wanted one.
bool Evaluator::holds_for(std::uint32_t number, std::span<const RawValue> values) {
  const sigma::Item& item = *source_->predicates[number].item;
  if (values.empty()) {
    auto& for_none = predicates_[number].holds_for_none;
    if (!for_none) for_none = item_holds(item, values);
    return *for_none;
  }
  if (item.all && values.size() > 1) return item_holds(item, values);
  const bool any = std::ranges::any_of(
      values, [&](const RawValue& value) { return answer_for(number, value) != item.negated; });
  return any != item.negated;
}

// What holds_for() says of one value, as it was remembered where it is short.
bool Evaluator::answer_for(std::uint32_t number, const RawValue& value) {
  if (value.raw.size() > text::kShortTextBytes || has_escapes(value))
    return find_answer(number, value);
  auto& answers = predicates_[number].answers;
  if (answers.empty()) answers.resize(std::size_t{1} << kAnswersBits);
  const std::uint64_t hash = text::hash_of_padded(value.raw, static_cast<unsigned>(value.type));
  Answer& answer = answers[hash >> (64U - kAnswersBits)];
  if (answer.is_of(value)) return answer.holds;
  answer.holds = find_answer(number, value);
  answer.type = value.type;
  answer.of.assign(value.raw);
  return answer.holds;
}

bool Evaluator::find_answer(std::uint32_t number, const RawValue& value) {
  const plan::Predicate& predicate = source_->predicates[number];
  if (!predicate.texts) return item_holds(*predicate.item, {&value, 1});
  const bool is_in =
      value.type != JsonType::kNull && predicate.texts->matches(text_of(value), scratch_);
  return is_in != predicate.item->negated;
}

bool Evaluator::item_holds(const sigma::Item& item, std::span<const RawValue> values) {
  bool holds = item.all;
  for (std::size_t index = 0; index < item.values.size() && holds == item.all; ++index) {
    holds = value_holds(item.values[index], values);
  }
  return holds != item.negated;
}

bool Evaluator::value_holds(const sigma::Value& value, std::span<const RawValue> values) {
  if (const auto* exists = std::get_if<sigma::ExistsValue>(&value)) {
    return values.empty() != exists->expected;
  }
  if (std::holds_alternative<sigma::NullValue>(value) && values.empty()) return true;
  return std::any_of(values.begin(), values.end(), [&](const RawValue& candidate) {
    return plan::scalar_holds(value, candidate.type, text_of(candidate));
  });
}

bool Evaluator::may_hold(std::uint32_t predicate, const plan::SearchedJson& json) {
  auto& runs = predicates_[predicate].runs;
  if (!runs) runs.emplace(*source_->predicates[predicate].item);
  return runs->may_hold(json);
}

const plan::SearchedJson& Evaluator::searched_record() {
  if (searched_record_epoch_ != epoch_) {
    searched_record_epoch_ = epoch_;
    searched_record_.clear();
    searched_record_.append(view_->source());
    searched_record_.settle();
  }
  return searched_record_;
}

const plan::SearchedJson& Evaluator::searched_slot(std::uint32_t slot) {
  SlotState& state = slots_[slot];
  if (state.searched_epoch != epoch_) {
    state.searched_epoch = epoch_;
    state.searched.clear();
    for (const RawValue& value : values_of(slot)) state.searched.append(value.raw);
    state.searched.settle();
  }
  return state.searched;
}

// An object with a member has a brace, and quotes, which a string that holds one writes as escapes.
bool Evaluator::holds_inner_json() {
  if (inner_json_epoch_ == epoch_) return holds_inner_json_;
  inner_json_epoch_ = epoch_;
  inner_json_.clear();
  if (may_have_escapes_) view_->resolve(*source_->inner_json, inner_json_);
  const auto may_hold = [this](const RawValue& value) {
    if (value.type == JsonType::kArray && !view_->holds_string(value)) return false;
    return value.type != JsonType::kObject && value.raw.find('\\') != value.raw.npos &&
           (value.raw.find('{') != value.raw.npos || value.raw.find("\\u") != value.raw.npos);
  };
  return holds_inner_json_ = std::ranges::any_of(inner_json_, may_hold);
}

// What names an operation or a status is an object in some logs, and the same one again and again.
bool Evaluator::ask_container(std::uint32_t number, std::span<const RawValue> values) {
  const sigma::Item& item = *source_->predicates[number].item;
  const bool may_be_kept = values.size() == 1 && values[0].raw.size() <= kMostKeptBytes;
  if (!may_be_kept) return ask_reference(item, values);
  PredicateState& state = predicates_[number];
  if (state.container != values[0].raw) {
    state.container_holds = ask_reference(item, values);
    state.container = values[0].raw;
  }
  return state.container_holds;
}

bool Evaluator::ask_reference(const sigma::Item& item, std::span<const RawValue> values) {
  std::string list;
  for (const RawValue& value : values) {
    const std::string_view quote = value.type == JsonType::kString ? "\"" : "";
    list.append(list.empty() ? "[" : ",").append(quote).append(value.raw).append(quote);
  }
  const auto document = text::JsonDocument::parse(list + ']');
  if (!document) return ask_reference(item);
  std::vector<text::JsonValue> hits;
  for (const text::JsonValue& hit : document->root().children()) hits.push_back(hit);
  return plan::item_holds_for(item, hits, plan_->options().strict_fields);
}

bool Evaluator::ask_reference(const sigma::Item& item) {
  if (document_epoch_ != epoch_) {
    document_epoch_ = epoch_;
    document_.reset();
    if (auto read = text::JsonDocument::parse(std::string(view_->source())))
      document_ = std::move(*read);
  }
  return document_ &&
         plan::item_holds(item, document_->root(), names_, plan_->options().strict_fields);
}

}  // namespace nepho::detect
