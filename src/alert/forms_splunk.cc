// Splunk Enterprise Security's notable events ("Using notable events in search"), as a search
// exports them: a table, whose columns are in lower case here (table.h), or JSON lines.
#include "alert/form.h"

namespace nepho::alert {

std::vector<Form> splunk_forms() {
  return {{
      .name = "splunk",
      .product = "Splunk Enterprise Security",
      .signs = {{{"search_name", {}}, {"_time", {}}},
                {{"rule_name", {}}, {"_time", {}}},
                {{"rule_title", {}}, {"_time", {}}},
                {{"source", {"* - Rule"}}, {"_time", {}}},
                {{"rule_name", {}}, {"urgency", {}}, {"event_id", {}}}},
      .raised_by = {},
      .id = {"event_id", "rule_id", "orig_event_id"},
      // The name of the saved search, which is what its rule is called in savedsearches.conf.
      .rule = {"search_name", "savedsearch_name", "source", "rule_name"},
      .title = {"rule_title", "rule_name", "search_name", "source"},
      .severity = {"urgency", "severity"},
      .time = {"_time", "_indextime"},
      .seen_from = {"orig_time", "firsttime", "first_time", "info_min_time"},
      .seen_to = {"orig_time", "lasttime", "last_time", "info_max_time"},
      .techniques = {"annotations.mitre_attack.mitre_technique_id", "annotations.mitre_attack",
                     "mitre_technique_id", "mitre_technique", "mitre_attack", "annotations",
                     "annotations._all", "orig_annotations"},
      .accounts = {"aws_account_id", "account_id", "user_account_id", "vendor_account",
                   "recipientaccountid", "useridentity.accountid", "dest_account"},
      .actors = {"user", "src_user", "user_arn", "useridentity.arn", "user_name", "src_user_name",
                 "user_email", "src_user_id", "user_id"},
      .addresses = {"src", "src_ip", "sourceipaddress", "src_ip_address"},
      .event_ids = {"orig_event_id", "orig_eventid", "eventid"},
  }};
}

}  // namespace nepho::alert
