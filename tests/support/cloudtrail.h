// Records of CloudTrail and rules for them, as short as the log source's signs allow: for tests
// that are about what happens to a record, not about what it says.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "sigma/rule.h"
#include "text/fold.h"

namespace nepho::tests {

// One record on one line. `id` is its eventID: equal records with equal ids are one event.
inline std::string cloudtrail_record(std::string_view event_name, std::string_view id,
                                     std::string_view time = "2026-03-01T10:00:00Z") {
  std::string record =
      R"({"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/a"},)"
      R"("eventTime":")";
  record += time;
  record +=
      R"(","eventSource":"iam.amazonaws.com","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","eventID":")";
  record += id;
  record += R"(","eventName":")";
  record += event_name;
  return record + "\"}";
}

// A rule for CloudTrail that holds for this eventName; its id is "rule-" and the name.
inline sigma::Rule cloudtrail_rule(const std::string& event_name) {
  sigma::Rule rule;
  rule.id.value = "rule-" + event_name;
  rule.logsource = {.product = "aws", .category = "", .service = "cloudtrail"};
  sigma::TextValue value;
  value.pattern = text::WildcardPattern::literal(text::fold_case(event_name));
  rule.items.push_back({"eventName", {value}, false, false, 0, 0});
  rule.condition = sigma::Expression::of_item(0);
  return rule;
}

}  // namespace nepho::tests
