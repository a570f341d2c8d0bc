// How one product's alerts are known, and where in them is what.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "event/log_source.h"
#include "text/json.h"

namespace nepho::alert {

// Paths are field paths (event/field_path.h): nested objects and flat keys with dots are found
// alike, arrays are passed through.
struct Form {
  std::string name;     // "elastic"
  std::string product;  // where the alert does not say who raised it

  // An alert bears all signs of one group.
  std::vector<std::vector<event::Sign>> signs;

  // Of one value: the first path that holds a text, a number or a list of them counts.
  std::vector<std::string> raised_by;
  std::vector<std::string> id;
  std::vector<std::string> rule;
  std::vector<std::string> title;
  std::vector<std::string> severity;
  std::vector<std::string> time;
  std::vector<std::string> seen_from;
  std::vector<std::string> seen_to;
  // Of several: all that stands at all of them.
  std::vector<std::string> techniques;  // texts, in which ids are found
  std::vector<std::string> accounts;
  std::vector<std::string> actors;
  std::vector<std::string> addresses;
  std::vector<std::string> event_ids;

  // The technique stands beside each sub-technique, whether the rule names it or not.
  bool names_parents = false;
  // As Sentinel has it: the rule's id is the last UUID of a path or of a list in a string, and an
  // entity's name and domain stand apart ("Name", "UPNSuffix").
  bool is_of_sentinel = false;
};

// A path of what stands in a string that is JSON.
std::string inside(std::string_view string_path, std::string_view rest);

// One function a family of products, each in a file of its own; tables of constants.
std::vector<Form> ocsf_forms();
std::vector<Form> elastic_forms();
std::vector<Form> splunk_forms();
std::vector<Form> microsoft_forms();
std::vector<Form> aws_forms();
std::vector<Form> detonation_forms();
std::vector<Form> table_forms();

// All of them, in the order in which they are tried: the first whose signs hold is it.
const std::vector<Form>& all_forms();

// The alert that `record` is in one of the forms; nothing when it is none. `place` becomes the
// alert's. Cost: some hundred look-ups in the record, each O(record).
std::optional<Alert> read_alert(const text::JsonValue& record, Place place);

}  // namespace nepho::alert
