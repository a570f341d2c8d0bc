// Findings of AWS's own services: GuardDuty ("GuardDuty finding format", as EventBridge and S3 hand
// them on, and as the API returns them) and Security Hub's ASFF ("AWS Security Finding Format"),
// which holds those of other products too.
#include "alert/form.h"

namespace nepho::alert {
namespace {

// A finding's type ("Persistence:IAMUser/AnomalousBehavior") is all the rule there is.
Form guardduty() {
  return {
      .name = "guardduty",
      .product = "GuardDuty",
      .signs =
          {{{"service.serviceName", {"guardduty"}}, {"type", {}}},
           {{"service.detectorId", {}}, {"type", {}}},
           {{"schemaVersion", {}}, {"resource.resourceType", {}}, {"type", {}}, {"accountId", {}}}},
      .raised_by = {},
      .id = {"id"},
      .rule = {"type"},
      .title = {"type"},
      .severity = {"severity"},
      .time = {"createdAt", "updatedAt"},
      .seen_from = {"service.eventFirstSeen"},
      .seen_to = {"service.eventLastSeen"},
      .techniques = {},
      .accounts = {"accountId"},
      .actors = {"resource.accessKeyDetails.userName", "resource.accessKeyDetails.principalId",
                 "resource.kubernetesDetails.kubernetesUserDetails.username",
                 "resource.kubernetesDetails.kubernetesUserDetails.uid"},
      .addresses = {"service.action.awsApiCallAction.remoteIpDetails.ipAddressV4",
                    "service.action.networkConnectionAction.remoteIpDetails.ipAddressV4",
                    "service.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4",
                    "service.action.portProbeAction.portProbeDetails.remoteIpDetails.ipAddressV4",
                    "service.action.rdsLoginAttemptAction.remoteIpDetails.ipAddressV4"},
      .event_ids = {},
  };
}

Form guardduty_of_api() {
  return {
      .name = "guardduty",
      .product = "GuardDuty",
      .signs = {{{"Service.ServiceName", {"guardduty"}}, {"Type", {}}},
                {{"Service.DetectorId", {}}, {"Type", {}}}},
      .raised_by = {},
      .id = {"Id"},
      .rule = {"Type"},
      .title = {"Type"},
      .severity = {"Severity"},
      .time = {"CreatedAt", "UpdatedAt"},
      .seen_from = {"Service.EventFirstSeen"},
      .seen_to = {"Service.EventLastSeen"},
      .techniques = {},
      .accounts = {"AccountId"},
      .actors = {"Resource.AccessKeyDetails.UserName", "Resource.AccessKeyDetails.PrincipalId",
                 "Resource.KubernetesDetails.KubernetesUserDetails.Username"},
      .addresses = {"Service.Action.AwsApiCallAction.RemoteIpDetails.IpAddressV4",
                    "Service.Action.NetworkConnectionAction.RemoteIpDetails.IpAddressV4",
                    "Service.Action.KubernetesApiCallAction.RemoteIpDetails.IpAddressV4",
                    "Service.Action.PortProbeAction.PortProbeDetails.RemoteIpDetails.IpAddressV4"},
      .event_ids = {},
  };
}

Form security_hub() {
  return {
      .name = "asff",
      .product = "Security Hub",
      .signs = {{{"ProductArn", {}}, {"AwsAccountId", {}}, {"GeneratorId", {}}}},
      .raised_by = {"ProductName", "ProductFields.aws/securityhub/ProductName"},
      .id = {"Id"},
      .rule = {"GeneratorId"},
      .title = {"Title"},
      .severity = {"Severity.Label", "FindingProviderFields.Severity.Label", "Severity.Normalized"},
      .time = {"CreatedAt", "ProcessedAt", "UpdatedAt"},
      .seen_from = {"FirstObservedAt", "ProductFields.aws/guardduty/service/eventFirstSeen"},
      .seen_to = {"LastObservedAt", "ProductFields.aws/guardduty/service/eventLastSeen"},
      .techniques = {"Types", "FindingProviderFields.Types",
                     "Detection.Sequence.Signals.SignalIndicators.Values"},
      .accounts = {"AwsAccountId"},
      .actors = {"Resources.Details.AwsIamAccessKey.PrincipalName",
                 "Resources.Details.AwsIamAccessKey.UserName",
                 "Resources.Details.AwsIamAccessKey.PrincipalId",
                 "Detection.Sequence.Actors.User.Name",
                 "Resources.Details.AwsIamAccessKey.SessionContext.SessionIssuer.Arn"},
      .addresses = {"Action.AwsApiCallAction.RemoteIpDetails.IpAddressV4",
                    "Action.NetworkConnectionAction.RemoteIpDetails.IpAddressV4",
                    "Network.SourceIpV4"},
      .event_ids = {},
  };
}

// GuardDuty's own, whose types are its rules: "TTPs/Persistence/Persistence:IAMUser-Anomalous...".
Form guardduty_in_security_hub() {
  Form form = security_hub();
  form.signs = {{{"ProductArn", {"*product/aws/guardduty"}}, {"AwsAccountId", {}}},
                {{"ProductName", {"GuardDuty"}}, {"AwsAccountId", {}}, {"Types", {}}}};
  form.rule = {"Types", "FindingProviderFields.Types", "GeneratorId"};
  return form;
}

}  // namespace

std::vector<Form> aws_forms() {
  return {guardduty(), guardduty_of_api(), guardduty_in_security_hub(), security_hub()};
}

}  // namespace nepho::alert
