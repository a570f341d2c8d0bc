// Asks one record which rules hold for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "detect/event_class.h"
#include "detect/value_memory.h"
#include "event/prefixes_by_row.h"
#include "event/record_view.h"
#include "plan/plain_runs.h"
#include "plan/plan.h"
#include "plan/reference.h"
#include "text/json.h"
#include "text/short_text.h"

namespace nepho::detect {

// Runs the plan of one log source over records. Fields are looked up when a rule first asks,
// predicates answered once, and rules reached only through the values that they cannot do without;
// what it answers is what the reference evaluator (plan/reference.h) answers. Keeps its memory
// between records: one owner, no threads, no allocation on the usual path.
class Evaluator {
 public:
  Evaluator(const plan::Plan& plan, const plan::SourcePlan& source);

  // The rules that hold for the record that `view` has just scanned, as indices into plan.rules(),
  // in rising order. Valid until the next call.
  const std::vector<std::uint32_t>& evaluate(const event::RecordView& view);
  // Whether a rule asked for the whole record where the view holds cells: what was answered then
  // counts for nothing, and the record has to come as JSON.
  bool wants_record() const { return wants_record_; }

 private:
  struct SlotState {
    std::uint64_t epoch = 0;  // of the record that the values belong to
    std::span<const event::RawValue> values;
    event::RawValue one;  // what `values` mostly shows
    std::vector<event::RawValue> many;
    plan::SearchedJson searched;  // the values of the record of searched_epoch
    std::uint64_t searched_epoch = 0;
  };
  static constexpr std::size_t kAnswersBits = 4;
  // What a predicate answered for a short scalar; at first of none.
  struct Answer {
    text::ShortText of;
    text::JsonType type = text::JsonType::kNull;  // of what
    bool holds = false;
    // 32 bytes from the beginning of the value on must be readable.
    bool is_of(const event::RawValue& value) const {
      return type == value.type && of.equals_padded(value.raw);
    }
  };
  struct PredicateState {
    std::uint64_t epoch = 0;
    bool holds = false;
    // By hash, the last short values that it was asked for: fields repeat themselves. Some 1 KiB,
    // once asked.
    std::vector<Answer> answers;
    std::optional<bool> holds_for_none;   // where the field is not there, once asked for
    std::optional<plan::PlainRuns> runs;  // once asked for
    // The last object or array that became a tree, and the answer; empty for none.
    std::string container;
    bool container_holds = false;
  };
  // The class of events met last among those that share a place; see class_of_event(). Texts
  // beyond the number of dispatch fields are not looked at.
  struct Latest {
    std::array<text::NameText, 3> texts;
    std::uint32_t absent = 0;  // bit i: nothing is at field i
    std::uint32_t unsaid = 0;  // bit i: dispatch_text() says nothing of what is there
    const EventClass* its = nullptr;
  };

  void run(std::uint32_t rule);
  void run_anchored(const EventClass& its);
  bool reach(const plan::Anchors& anchors, ValueMemory& memory, const event::RawValue& value);
  std::vector<std::uint32_t> led_to(const plan::Anchors& anchors, const event::RawValue& value);
  void find_by_literal(const plan::Anchors& anchors, std::string_view text);
  void reach_all(const plan::Anchors& anchors);
  const EventClass& class_of_event();
  const EventClass& known_class();
  const EventClass& add_class();
  std::optional<bool> answer_of_class(std::uint32_t predicate);
  Latest* place_of_class();
  void forget_classes();
  bool is_said(std::uint32_t slot);
  std::optional<std::string_view> dispatch_text(std::uint32_t slot);
  std::span<const event::RawValue> values_of(std::uint32_t slot);
  std::span<const event::RawValue> values_of_elements(std::uint32_t slot);
  bool has_escapes(const event::RawValue& value) const;
  std::string_view text_of(const event::RawValue& value);
  bool holds(std::uint32_t predicate);
  bool ask(std::uint32_t predicate);
  bool holds_for(std::uint32_t predicate, std::span<const event::RawValue> values);
  bool answer_for(std::uint32_t predicate, const event::RawValue& value);
  bool find_answer(std::uint32_t predicate, const event::RawValue& value);
  bool item_holds(const sigma::Item& item, std::span<const event::RawValue> values);
  bool value_holds(const sigma::Value& value, std::span<const event::RawValue> values);
  // Whether the reference may answer otherwise than with the item's negation: it takes its time.
  bool may_hold(std::uint32_t predicate, const plan::SearchedJson& json);
  const plan::SearchedJson& searched_record();
  const plan::SearchedJson& searched_slot(std::uint32_t slot);
  // Whether the record may have JSON in a string where some of its log source do.
  bool holds_inner_json();
  bool ask_reference(const sigma::Item& item);
  bool ask_reference(const sigma::Item& item, std::span<const event::RawValue> values);
  bool ask_container(std::uint32_t predicate, std::span<const event::RawValue> values);

  const plan::Plan* plan_;
  const plan::SourcePlan* source_;
  plan::FieldNames names_;
  const event::RecordView* view_ = nullptr;
  bool may_have_escapes_ = true;   // the record in view_
  event::PrefixesByRow prefixes_;  // by slot
  bool wants_record_ = false;
  std::uint64_t epoch_ = 0;
  std::optional<text::JsonDocument> document_;  // of the event of document_epoch_, once asked for
  std::uint64_t document_epoch_ = 0;
  plan::SearchedJson searched_record_;  // of the event of searched_record_epoch_
  std::uint64_t searched_record_epoch_ = 0;
  std::uint64_t inner_json_epoch_ = 0;
  bool holds_inner_json_ = false;  // of the event of inner_json_epoch_
  std::vector<event::RawValue> inner_json_;
  std::vector<SlotState> slots_;
  std::vector<PredicateState> predicates_;
  std::vector<std::uint32_t> matched_;
  std::vector<ValueMemory> memories_;  // by the source's anchors: what its values led to
  std::optional<text::LiteralSet::Scratch> literal_scratch_;
  std::vector<std::uint32_t> found_;    // anchors or literals, while a value is looked at
  std::vector<std::uint32_t> asked_;    // anchors
  std::vector<std::uint32_t> reached_;  // through anchors, by this event
  std::string decoded_;
  std::string scratch_;

  // By the raw texts of the dispatch fields; emptied when it grows past a bound.
  std::unordered_map<std::string, EventClass> classes_;
  std::size_t classes_bytes_ = 0;
  std::vector<Latest> latest_;  // by hash; into classes_
  std::string class_key_;
};

}  // namespace nepho::detect
