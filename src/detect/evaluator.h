// Asks one record which rules hold for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "event/record_view.h"
#include "plan/plan.h"
#include "plan/reference.h"

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

 private:
  struct SlotState {
    std::uint64_t epoch = 0;  // of the record that `values` belong to
    std::vector<event::RawValue> values;
  };
  struct PredicateState {
    std::uint64_t epoch = 0;
    bool holds = false;
    // The last short texts that the predicate's set held and did not hold: fields repeat
    // themselves.
    std::string held;
    std::string missed;
  };

  const std::vector<std::uint32_t>& candidates();
  void forget_classes();
  std::optional<std::string_view> dispatch_text(std::uint32_t slot);
  const std::vector<event::RawValue>& values_of(std::uint32_t slot);
  bool has_escapes(const event::RawValue& value) const;
  std::string_view text_of(const event::RawValue& value);
  bool holds(std::uint32_t predicate);
  bool ask(std::uint32_t predicate);
  bool is_in_set(const plan::TextSet& texts, PredicateState& state, std::string_view text);
  bool value_holds(const sigma::Value& value, const std::vector<event::RawValue>& values);
  bool ask_reference(const sigma::Item& item) const;

  const plan::Plan* plan_;
  const plan::SourcePlan* source_;
  plan::FieldNames names_;
  const event::RecordView* view_ = nullptr;
  std::uint64_t epoch_ = 0;
  std::vector<SlotState> slots_;
  std::vector<PredicateState> predicates_;
  std::vector<std::uint32_t> matched_;
  std::string decoded_;
  std::string scratch_;

  // Candidates by the raw texts of the dispatch fields; emptied when it grows past a bound.
  std::unordered_map<std::string, std::vector<std::uint32_t>> classes_;
  using Class = std::pair<const std::string, std::vector<std::uint32_t>>;
  std::array<const Class*, 1024> latest_{};  // into classes_, by hash
  std::string class_key_;
};

}  // namespace nepho::detect
