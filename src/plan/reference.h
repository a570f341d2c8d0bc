// The reference evaluator: what a rule means, in code. No speed, no state, no shortcuts; whatever
// is fast is held against it on random rules and events.
//
// The rows of plan/semantics.h are the definition; reference.cc names the row at each decision.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/log_source.h"
#include "sigma/rule.h"
#include "text/json.h"

namespace nepho::plan {

// The paths in an event that a field, as rules write it, stands for. Without a log source a field
// is its own path (`--ignore-logsource`); the source must outlive this. Remembers what was asked,
// as a field is asked for again with each event: not for several threads.
class FieldNames {
 public:
  FieldNames() = default;
  explicit FieldNames(const event::LogSource& source) : source_(&source) {}

  const std::vector<std::string>& paths_of(std::string_view field) const;
  // Those that steps of the paths number.
  std::span<const event::FieldPart> parts() const { return event::parts_of(source_); }

 private:
  const event::LogSource* source_ = nullptr;
  mutable std::map<std::string, std::vector<std::string>, std::less<>> known_;
};

// Whether one item of a rule holds for the event. `strict_fields` switches off that an object or an
// array is tested as text (`--strict-fields`).
bool item_holds(const sigma::Item& item, const text::JsonValue& event, const FieldNames& names,
                bool strict_fields = false);

// The same where the values at the item's field are known already: an item on one field, no
// keyword, without a test on elements or on other fields, and whose field names no element of a
// name/value array.
bool item_holds_for(const sigma::Item& item, const std::vector<text::JsonValue>& hits,
                    bool strict_fields = false);

// Whether the rule's condition holds for the event. Recurses as deep as the condition, which the
// rule's parser bounds (Limits.max_condition_depth).
bool holds(const sigma::Rule& rule, const text::JsonValue& event, const FieldNames& names,
           bool strict_fields = false);

}  // namespace nepho::plan
