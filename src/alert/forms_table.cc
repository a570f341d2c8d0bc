// A table of alerts of any other product: a time and what was found, and whatever else it has.
// Columns are in lower case, with '_' for blanks and dashes (table.h). JSON objects with these
// members are read as well.
#include <array>
#include <string_view>

#include "alert/form.h"

namespace nepho::alert {
namespace {

// What the columns of tables and exports are called, of which one must be there.
constexpr auto kTimes = std::to_array<std::string_view>(
    {"time", "timestamp", "_time", "@timestamp", "alert_time", "created_at", "created",
     "created_time", "event_time", "date", "detected_at", "detection_time"});
constexpr auto kTitles =
    std::to_array<std::string_view>({"rule", "rule_name", "title", "alert", "alert_name",
                                     "alert_title", "signature", "detection", "name"});

std::vector<std::vector<event::Sign>> signs() {
  std::vector<std::vector<event::Sign>> groups;
  for (const std::string_view time : kTimes) {
    for (const std::string_view title : kTitles) {
      groups.push_back({{std::string(time), {}}, {std::string(title), {}}});
    }
  }
  return groups;
}

}  // namespace

std::vector<Form> table_forms() {
  return {{
      .name = "table",
      .product = "another product",
      .signs = signs(),
      .raised_by = {"product", "vendor", "tool", "siem", "detector"},
      .id = {"id", "alert_id", "uuid"},
      .rule = {"rule_id", "ruleid", "signature_id", "detection_id", "rule", "rule_name"},
      .title = {kTitles.begin(), kTitles.end()},
      .severity = {"severity", "level", "urgency", "priority", "risk"},
      .time = {kTimes.begin(), kTimes.end()},
      .seen_from = {"first_seen", "start_time", "start", "first_activity", "original_time"},
      .seen_to = {"last_seen", "end_time", "end", "last_activity", "original_time"},
      .techniques = {"technique", "techniques", "technique_id", "technique_ids", "mitre",
                     "mitre_id", "mitre_technique", "mitre_techniques", "mitre_attack", "attack",
                     "att&ck", "tags"},
      .accounts = {"account", "account_id", "accountid", "aws_account", "aws_account_id",
                   "subscription", "subscription_id", "project", "project_id", "tenant",
                   "tenant_id"},
      .actors = {"actor", "user", "username", "user_name", "principal", "identity", "arn",
                 "user_arn", "email"},
      .addresses = {"source_ip", "source_address", "src_ip", "src", "sourceip", "ip", "ip_address",
                    "address", "client_ip"},
      .event_ids = {"event_id", "eventid", "event_ids"},
  }};
}

}  // namespace nepho::alert
