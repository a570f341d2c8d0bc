// OCSF findings (schema.ocsf.io, 1.0 to 1.5): Detection Finding (class 2004) and the Security
// Finding (2001) that it took the place of, as Security Lake, products and `nepho detect --format
// ocsf` write them.
#include "alert/form.h"

namespace nepho::alert {

std::vector<Form> ocsf_forms() {
  return {{
      .name = "ocsf",
      .product = "OCSF",
      .signs = {{{"class_uid", {"2004", "2001"}}},
                {{"class_name", {"Detection Finding", "Security Finding"}}}},
      .raised_by = {"metadata.product.name", "metadata.product.vendor_name"},
      .id = {"finding_info.uid", "finding.uid", "metadata.uid"},
      .rule = {"finding_info.analytic.uid", "analytic.uid", "rule.uid"},
      .title = {"finding_info.analytic.name", "finding_info.title", "analytic.name",
                "finding.title", "message"},
      .severity = {"severity", "severity_id"},
      .time = {"finding_info.created_time_dt", "finding_info.created_time",
               "finding.created_time_dt", "finding.created_time", "time_dt", "time"},
      .seen_from = {"finding_info.first_seen_time_dt", "finding_info.first_seen_time",
                    "finding.first_seen_time_dt", "finding.first_seen_time", "start_time_dt",
                    "start_time"},
      .seen_to = {"finding_info.last_seen_time_dt", "finding_info.last_seen_time",
                  "finding.last_seen_time_dt", "finding.last_seen_time", "end_time_dt", "end_time"},
      .techniques = {"finding_info.attacks.technique.uid", "finding_info.attacks.sub_technique.uid",
                     "attacks.technique.uid", "attacks.sub_technique.uid",
                     "finding_info.attacks.technique.name", "attacks.technique.name"},
      .accounts = {"cloud.account.uid", "cloud.account_uid"},
      .actors = {"actor.user.uid", "actor.user.uid_alt", "actor.user.name", "actor.user.email_addr",
                 "evidences.actor.user.uid", "evidences.actor.user.uid_alt",
                 "evidences.actor.user.name", "evidences.actor.user.email_addr"},
      .addresses = {"src_endpoint.ip", "evidences.src_endpoint.ip"},
      .event_ids = {"evidences.data.event.eventID", "evidences.api.request.uid",
                    "finding_info.related_events.uid", "correlation_uid"},
      .names_parents = true,
  }};
}

}  // namespace nepho::alert
