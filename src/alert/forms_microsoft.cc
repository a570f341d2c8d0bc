// Microsoft's alerts: Sentinel's incidents and alerts as its REST API returns them (Azure Resource
// Manager: what matters stands in `properties`) and as Log Analytics keeps them (SecurityIncident,
// SecurityAlert), and Defender's alerts of Microsoft Graph (security/alerts_v2).
#include "alert/form.h"

namespace nepho::alert {
namespace {

Form incident() {
  return {
      .name = "sentinel-incident",
      .product = "Microsoft Sentinel",
      .signs = {{{"properties.incidentNumber", {}}, {"properties.title", {}}},
                {{"properties.relatedAnalyticRuleIds", {}}, {"properties.title", {}}},
                {{"incidentNumber", {}}, {"title", {}}, {"createdTimeUtc", {}}},
                {{"IncidentNumber", {}}, {"Title", {}}}},
      .raised_by = {"properties.additionalData.alertProductNames",
                    "additionalData.alertProductNames",
                    inside("AdditionalData", "alertProductNames"),
                    "AdditionalData.alertProductNames"},
      .id = {"name", "IncidentName", "id"},
      .rule = {"properties.relatedAnalyticRuleIds", "relatedAnalyticRuleIds",
               "RelatedAnalyticRuleIds"},
      .title = {"properties.title", "title", "Title"},
      .severity = {"properties.severity", "severity", "Severity"},
      .time = {"properties.createdTimeUtc", "createdTimeUtc", "CreatedTime", "TimeGenerated"},
      .seen_from = {"properties.firstActivityTimeUtc", "firstActivityTimeUtc", "FirstActivityTime"},
      .seen_to = {"properties.lastActivityTimeUtc", "lastActivityTimeUtc", "LastActivityTime"},
      .techniques = {"properties.additionalData.techniques",
                     "properties.additionalData.subTechniques", "additionalData.techniques",
                     "additionalData.subTechniques", "AdditionalData.techniques",
                     inside("AdditionalData", "techniques"),
                     inside("AdditionalData", "subTechniques"), "Techniques"},
      .accounts = {},
      .actors = {"properties.entities.properties.userPrincipalName",
                 "properties.entities.properties.accountName", "Entities.Name",
                 inside("Entities", "Name")},
      .addresses = {"properties.entities.properties.address", "Entities.Address",
                    inside("Entities", "Address")},
      .event_ids = {},
      .names_parents = true,
      .is_of_sentinel = true,
  };
}

Form alert_of_table() {
  return {
      .name = "sentinel-alert",
      .product = "Microsoft Sentinel",
      .signs = {{{"SystemAlertId", {}}, {"AlertName", {}}},
                {{"AlertType", {}}, {"AlertSeverity", {}}, {"StartTime", {}}}},
      .raised_by = {"ProductName", "ProviderName"},
      .id = {"SystemAlertId", "VendorOriginalId"},
      .rule = {"ExtendedProperties.Analytic Rule Ids",
               inside("ExtendedProperties", "Analytic Rule Ids"), "AlertType"},
      .title = {"AlertName", "DisplayName"},
      .severity = {"AlertSeverity"},
      .time = {"TimeGenerated", "ProcessingEndTime"},
      .seen_from = {"StartTime"},
      .seen_to = {"EndTime"},
      .techniques = {"Techniques", "SubTechniques", "ExtendedProperties.Techniques",
                     inside("ExtendedProperties", "Techniques")},
      .accounts = {"WorkspaceSubscriptionId", inside("Entities", "AadTenantId")},
      .actors = {"CompromisedEntity", "Entities.Name", inside("Entities", "Name"),
                 inside("Entities", "AadUserId"), inside("Entities", "Arn")},
      .addresses = {"Entities.Address", inside("Entities", "Address")},
      .event_ids = {},
      .names_parents = true,
      .is_of_sentinel = true,
  };
}

Form alert_of_api() {
  return {
      .name = "sentinel-alert",
      .product = "Microsoft Sentinel",
      .signs = {{{"properties.systemAlertId", {}}},
                {{"properties.alertDisplayName", {}}, {"properties.severity", {}}}},
      .raised_by = {"properties.productName", "properties.vendorName"},
      .id = {"properties.systemAlertId", "name"},
      .rule = {"properties.additionalData.Analytic Rule Ids", "properties.alertType"},
      .title = {"properties.alertDisplayName"},
      .severity = {"properties.severity"},
      .time = {"properties.timeGenerated", "properties.processingEndTime",
               "properties.timeGeneratedUtc"},
      .seen_from = {"properties.startTimeUtc"},
      .seen_to = {"properties.endTimeUtc"},
      .techniques = {"properties.techniques", "properties.subTechniques",
                     "properties.additionalData.Techniques",
                     "properties.extendedProperties.techniques"},
      .accounts = {},
      .actors = {"properties.compromisedEntity", "properties.entities.name"},
      .addresses = {"properties.entities.address"},
      .event_ids = {},
  };
}

Form alert_of_graph() {
  return {
      .name = "graph-alert",
      .product = "Microsoft Defender",
      .signs = {{{"serviceSource", {}}, {"createdDateTime", {}}, {"title", {}}}},
      .raised_by = {"productName", "detectionSource", "serviceSource"},
      .id = {"id"},
      .rule = {"detectorId", "category"},
      .title = {"title"},
      .severity = {"severity"},
      .time = {"createdDateTime"},
      .seen_from = {"firstActivityDateTime"},
      .seen_to = {"lastActivityDateTime"},
      .techniques = {"mitreTechniques"},
      .accounts = {"tenantId"},
      .actors = {"evidence.userAccount.userPrincipalName", "evidence.userAccount.azureAdUserId",
                 "evidence.userAccount.accountName", "actorDisplayName"},
      .addresses = {"evidence.ipAddress"},
      .event_ids = {},
  };
}

}  // namespace

std::vector<Form> microsoft_forms() {
  return {incident(), alert_of_table(), alert_of_api(), alert_of_graph()};
}

}  // namespace nepho::alert
