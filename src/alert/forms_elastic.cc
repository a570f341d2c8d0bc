// Elastic Security's alerts: documents of .alerts-security.alerts-* ("Alert schema" of the Elastic
// Security documentation), nested or with flat keys, and the signals of 7.x before them. An alert
// holds the fields of the event that made it, by their ECS names.
#include "alert/form.h"

namespace nepho::alert {

std::vector<Form> elastic_forms() {
  return {{
      .name = "elastic",
      .product = "Elastic Security",
      .signs = {{{"kibana.alert.rule.name", {}}},
                {{"kibana.alert.rule.uuid", {}}},
                {{"kibana.alert.rule.rule_id", {}}},
                {{"signal.rule.name", {}}}},
      .raised_by = {},
      .id = {"kibana.alert.uuid", "_id"},
      // The id that stands in the rule's file; the uuid is that of one installation.
      .rule = {"kibana.alert.rule.rule_id", "kibana.alert.rule.parameters.rule_id",
               "signal.rule.rule_id", "kibana.alert.rule.uuid", "signal.rule.id"},
      .title = {"kibana.alert.rule.name", "signal.rule.name"},
      .severity = {"kibana.alert.severity", "kibana.alert.rule.severity", "signal.rule.severity"},
      .time = {"kibana.alert.start", "@timestamp"},
      .seen_from = {"kibana.alert.original_time", "signal.original_time"},
      .seen_to = {"kibana.alert.original_time", "signal.original_time"},
      .techniques = {"kibana.alert.rule.threat.technique.id",
                     "kibana.alert.rule.threat.technique.subtechnique.id",
                     "kibana.alert.rule.parameters.threat.technique.id",
                     "kibana.alert.rule.parameters.threat.technique.subtechnique.id",
                     "signal.rule.threat.technique.id",
                     "signal.rule.threat.technique.subtechnique.id", "threat.technique.id",
                     "threat.technique.subtechnique.id"},
      .accounts = {"cloud.account.id", "aws.cloudtrail.user_identity.account_id",
                   "aws.cloudtrail.recipient_account_id", "azure.subscription_id",
                   "cloud.project.id"},
      .actors = {"aws.cloudtrail.user_identity.arn", "user.name", "user.id", "user.email",
                 "client.user.email", "client.user.id", "source.user.name",
                 "azure.signinlogs.properties.user_principal_name", "okta.actor.alternate_id",
                 "kubernetes.audit.user.username", "o365.audit.UserId"},
      .addresses = {"source.ip", "client.ip", "kubernetes.audit.sourceIPs"},
      .event_ids = {"event.id", "kibana.alert.original_event.id"},
      .names_parents = true,
  }};
}

}  // namespace nepho::alert
