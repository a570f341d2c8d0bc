#!/usr/bin/env python3
"""Makes Sigma rules for AWS CloudTrail, many and of the usual shapes: for benches and tests that want thousands of rules.

    tools/gen_rules.py OUT [--rules N] [--seed N] [--no-event SHARE]

writes OUT/made_00000.yml and so on, one rule a file. The same seed gives the same bytes. Rules are made from the names of AWS's API and
from words of ours; they are no detections, and nobody should run them for their findings.

What is aimed at, of public rules for CloudTrail:

- SHARE of the rules (0.16) name no event: nothing that must be so limits eventName or eventSource. They look at the user agent, the
  address, the error, the caller's ARN, or parameters of whatever call.
- The others name one to six events of a service, most of them with its eventSource, a few by the beginning or end of the name; half look
  at nothing else. The rest have a second selection, filters, or several selections of which one is enough.
- Few rules hold for ordinary work: of 20,000 ordinary records nine rules in ten hold for none, one in a hundred holds for more than one
  in a thousand, and none for more than one in fifty. Names of everyday calls (EVERYDAY) therefore come only with something narrow.
  bench/README.md has what was measured.
"""
import argparse
import pathlib
import random
import re
import uuid

# The calls that change or disclose something, by service; what a detection may be about.
SERVICES = {
    "access-analyzer": "CreateAnalyzer DeleteAnalyzer CreateArchiveRule UpdateArchiveRule DeleteArchiveRule StartResourceScan",
    "acm": "RequestCertificate ImportCertificate DeleteCertificate ExportCertificate UpdateCertificateOptions",
    "apigateway": "CreateApiKey DeleteApiKey UpdateRestApi ImportRestApi DeleteAuthorizer CreateDeployment UpdateStage PutIntegration",
    "appstream": "CreateImageBuilderStreamingURL CreateStreamingURL UpdateFleet CreateUser AssociateFleet",
    "athena": "StartQueryExecution DeleteWorkGroup UpdateWorkGroup CreateDataCatalog DeleteNamedQuery",
    "autoscaling": "CreateLaunchConfiguration UpdateAutoScalingGroup DeleteAutoScalingGroup SuspendProcesses PutLifecycleHook",
    "backup": "DeleteBackupPlan DeleteBackupSelection DeleteBackupVault DeleteRecoveryPoint PutBackupVaultAccessPolicy StartRestoreJob",
    "batch": "RegisterJobDefinition SubmitJob UpdateComputeEnvironment DeleteJobQueue CreateComputeEnvironment",
    "bedrock": "InvokeModel DeleteGuardrail UpdateGuardrail DeleteModelInvocationLoggingConfiguration PutFoundationModelEntitlement",
    "cloudformation": "CreateStack UpdateStack DeleteStack CreateChangeSet SetStackPolicy CreateStackSet UpdateTerminationProtection",
    "cloudfront": "CreateDistribution UpdateDistribution DeleteDistribution CreateFunction PublishFunction UpdateOriginAccessControl",
    "cloudshell": "CreateEnvironment CreateSession PutCredentials GetFileDownloadUrls GetFileUploadUrls",
    "cloudtrail": "StopLogging DeleteTrail UpdateTrail PutEventSelectors PutInsightSelectors DeleteEventDataStore StopEventDataStoreIngestion",
    "codebuild": "CreateProject UpdateProject StartBuild UpdateProjectVisibility ImportSourceCredentials DeleteSourceCredentials",
    "codecommit": "GitPull GitPush DeleteRepository UpdatePullRequestApprovalState DeleteBranch PutRepositoryTriggers",
    "codepipeline": "UpdatePipeline DeletePipeline PutWebhook StartPipelineExecution DisableStageTransition",
    "cognito-idp": "CreateUserPool AdminCreateUser UpdateUserPool AdminSetUserPassword SetUserPoolMfaConfig DeleteUserPoolClient",
    "config": "DeleteConfigRule DeleteConfigurationRecorder StopConfigurationRecorder DeleteDeliveryChannel DeleteRemediationConfiguration",
    "dynamodb": "DeleteTable ExportTableToPointInTime UpdateContinuousBackups DeleteBackup UpdateTable CreateBackup",
    "ec2": "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress CreateKeyPair ImportKeyPair ModifyInstanceAttribute CreateSnapshot "
           "ModifySnapshotAttribute ModifyImageAttribute CreateTrafficMirrorSession DeleteFlowLogs CreateVpcPeeringConnection GetPasswordData "
           "ReplaceIamInstanceProfileAssociation CreateNetworkAclEntry CreateRoute DisableEbsEncryptionByDefault EnableSerialConsoleAccess "
           "TerminateInstances CopySnapshot CreateImage ExportImage CreateInstanceExportTask ModifyInstanceMetadataOptions AllocateAddress",
    "ecr": "SetRepositoryPolicy DeleteRepositoryPolicy PutImage DeleteRepository PutReplicationConfiguration PutImageScanningConfiguration",
    "ecs": "RegisterTaskDefinition RunTask UpdateService ExecuteCommand DeleteCluster CreateService PutAccountSetting",
    "eks": "CreateAccessEntry AssociateAccessPolicy UpdateClusterConfig DeleteCluster CreateFargateProfile AssociateIdentityProviderConfig",
    "elasticache": "ModifyCacheSecurityGroup AuthorizeCacheSecurityGroupIngress DeleteSnapshot CopySnapshot CreateCacheSecurityGroup",
    "elasticfilesystem": "DeleteFileSystem DeleteMountTarget PutFileSystemPolicy ModifyMountTargetSecurityGroups DeleteAccessPoint",
    "elasticloadbalancing": "ModifyLoadBalancerAttributes DeleteListener CreateListener ModifyRule SetSecurityGroups DeleteLoadBalancer",
    "es": "UpdateElasticsearchDomainConfig DeleteElasticsearchDomain CreateElasticsearchDomain DeleteDomain UpdateDomainConfig",
    "events": "DisableRule DeleteRule PutTargets RemoveTargets PutPermission PutRule DeleteEventBus",
    "firehose": "UpdateDestination DeleteDeliveryStream StopDeliveryStreamEncryption CreateDeliveryStream",
    "glue": "CreateDevEndpoint UpdateDevEndpoint CreateJob UpdateJob PutResourcePolicy DeleteTrigger",
    "guardduty": "DeleteDetector UpdateDetector CreateIPSet UpdateIPSet DeleteMembers CreateFilter StopMonitoringMembers DeletePublishingDestination",
    "iam": "CreateUser CreateAccessKey AttachUserPolicy AttachRolePolicy PutUserPolicy PutRolePolicy CreateLoginProfile UpdateLoginProfile "
           "UpdateAssumeRolePolicy CreatePolicyVersion SetDefaultPolicyVersion DeactivateMFADevice DeleteVirtualMFADevice AddUserToGroup "
           "CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider DeleteRolePermissionsBoundary UploadSigningCertificate "
           "DeleteAccountPasswordPolicy UpdateAccessKey CreateServiceSpecificCredential CreateInstanceProfile DeleteUser",
    "kms": "DisableKey ScheduleKeyDeletion PutKeyPolicy CreateGrant DeleteImportedKeyMaterial ReplicateKey DisableKeyRotation",
    "lambda": "CreateFunction20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 AddPermission20150331v2 "
              "CreateFunctionUrlConfig PublishLayerVersion20181031 DeleteFunction20150331 CreateEventSourceMapping20150331",
    "logs": "DeleteLogGroup DeleteLogStream DeleteSubscriptionFilter PutRetentionPolicy DeleteMetricFilter PutResourcePolicy DeleteDestination",
    "macie2": "DisableMacie DisableOrganizationAdminAccount CreateFindingsFilter UpdateClassificationJob DeleteMember",
    "monitoring": "DeleteAlarms DisableAlarmActions PutMetricAlarm SetAlarmState DeleteDashboards",
    "network-firewall": "DeleteFirewall DeleteFirewallPolicy DeleteRuleGroup UpdateFirewallDeleteProtection UpdateLoggingConfiguration",
    "organizations": "LeaveOrganization CreateAccount DetachPolicy DisablePolicyType RemoveAccountFromOrganization InviteAccountToOrganization",
    "ram": "CreateResourceShare AssociateResourceShare EnableSharingWithAwsOrganization AcceptResourceShareInvitation DeleteResourceShare",
    "rds": "ModifyDBInstance DeleteDBInstance ModifyDBSnapshotAttribute CreateDBSnapshot StartExportTask RestoreDBInstanceFromDBSnapshot "
           "AuthorizeDBSecurityGroupIngress DeleteDBCluster StopDBCluster ModifyDBCluster DownloadDBLogFilePortion",
    "redshift": "AuthorizeSnapshotAccess ModifyCluster DeleteCluster DisableLogging GetClusterCredentials AuthorizeDataShare",
    "route53": "ChangeResourceRecordSets DeleteHostedZone AssociateVPCWithHostedZone DisableHostedZoneDNSSEC CreateHostedZone",
    "route53domains": "TransferDomainToAnotherAwsAccount DisableDomainTransferLock RegisterDomain UpdateDomainNameservers",
    "s3": "PutBucketPolicy DeleteBucketPolicy PutBucketAcl DeleteBucketEncryption PutBucketReplication DeleteBucketPublicAccessBlock "
          "PutBucketVersioning PutBucketLifecycle DeleteBucket PutBucketLogging PutBucketWebsite PutObjectAcl PutBucketCors RestoreObject",
    "sagemaker": "CreateNotebookInstance CreatePresignedNotebookInstanceUrl CreateTrainingJob UpdateNotebookInstance CreateModel",
    "secretsmanager": "PutResourcePolicy DeleteSecret PutSecretValue UpdateSecret CancelRotateSecret BatchGetSecretValue ValidateResourcePolicy",
    "securityhub": "DisableSecurityHub BatchDisableStandards UpdateFindings DeleteInsight BatchUpdateFindings DisassociateFromMasterAccount",
    "ses": "UpdateAccountSendingEnabled VerifyEmailIdentity VerifyDomainIdentity DeleteIdentity PutAccountDetails CreateEmailIdentity SendEmail",
    "signin": "ConsoleLogin SwitchRole CheckMfa PasswordRecoveryRequested PasswordUpdated CredentialVerification",
    "sns": "Subscribe DeleteTopic SetTopicAttributes AddPermission Publish CreateSMSSandboxPhoneNumber",
    "sqs": "AddPermission DeleteQueue SetQueueAttributes PurgeQueue",
    "ssm": "SendCommand StartSession CreateAssociation ModifyDocumentPermission DeleteParameter PutParameter CreateActivation CreateDocument",
    "sso": "CreateAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet CreatePermissionSet DeleteAccountAssignment",
    "storagegateway": "DeleteGateway DeleteVolume UpdateSMBSecurityStrategy CreateSMBFileShare",
    "sts": "GetFederationToken GetSessionToken AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage",
    "transfer": "CreateUser CreateServer ImportSshPublicKey UpdateServer DeleteServer",
    "wafv2": "DeleteWebACL DisassociateWebACL UpdateWebACL DeleteLoggingConfiguration DeleteRuleGroup UpdateIPSet",
    "workspaces": "CreateWorkspaces ModifyWorkspaceAccessProperties CreateIpGroup DisassociateIpGroups RestoreWorkspace",
}
# Calls that ordinary work makes all day.
EVERYDAY = [("sts", "AssumeRole"), ("s3", "GetObject"), ("s3", "PutObject"), ("kms", "Decrypt"), ("ec2", "DescribeInstances"),
            ("logs", "CreateLogStream"), ("s3", "ListBuckets"), ("iam", "ListUsers"), ("sts", "GetCallerIdentity"), ("ec2", "RunInstances")]
TOOLS = ["pacu", "scoutsuite", "cloudfox", "prowler", "steampipe", "enumerate-iam", "weirdaal", "trufflehog", "aws-nuke", "s3browser",
         "cyberduck", "rclone", "kali", "parrot", "blackarch", "pwnedlabs", "masscan", "nuclei", "sqlmap", "hydra", "gobuster", "zgrab",
         "stratus-red-team", "leonidas", "cloudmapper", "principalmapper", "awspx", "endgame", "python-urllib", "winhttp", "powershell/"]
ROLES = ["admin", "deploy", "backup", "break-glass", "audit", "readonly", "support", "vendor", "ci-runner", "data-science", "legacy"]
REFUSALS = ["AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation", "UnauthorizedOperation", "NoSuchEntityException",
            "InvalidClientTokenId", "Client.InvalidPermission.Duplicate", "ThrottlingException", "MalformedPolicyDocumentException"]
TECHNIQUES = ["T1078.004", "T1098.001", "T1098.003", "T1136.003", "T1530", "T1537", "T1580", "T1526", "T1552.005", "T1485", "T1496",
              "T1685.002", "T1686.001", "T1578.002"]
PARAMETERS = ["userName", "roleName", "groupName", "policyName", "bucketName", "instanceId", "functionName", "name", "description",
              "keyId", "trailName", "logGroupName", "dBInstanceIdentifier", "clusterName", "stackName", "topicArn", "queueUrl"]


class Dice:
    """All chance of the rules, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def choice(self, of):
        return self.random.choice(of)

    def some(self, of, at_most):
        return self.random.sample(of, min(len(of), self.random.randint(1, at_most)))

    def below(self, bound):
        return self.random.randrange(bound)

    def chance(self, share):
        return self.random.random() < share

    def any_of(self, makers):
        return self.choice(makers)(self)

    def name(self):
        return f"{self.choice(ROLES)}-{self.choice(['eu', 'us', 'prod', 'test', 'team', 'old'])}-{self.below(5000)}"

    def account(self):
        return str(100_000_000_000 + self.below(900_000_000_000))

    def network(self):
        """A public one: most a few addresses, some a provider's."""
        bits = self.choice([16, 20, 22, 24, 24, 24, 28, 32])
        host = (self.choice([23, 45, 62, 89, 103, 141, 185, 193, 212]) << 24 | self.below(1 << 24)) >> (32 - bits) << (32 - bits)
        return ".".join(str(host >> shift & 255) for shift in (24, 16, 8, 0)) + f"/{bits}"


# Items, each as {key: values}. Those that must be narrow by themselves:

def by_agent(dice):
    tools = dice.some(TOOLS, 5)
    if dice.chance(0.2):
        return {"userAgent|re": [f"(?i)\\b({'|'.join(tool.strip('/') for tool in tools)})[/ ]{dice.below(4)}\\.[0-9]+"]}
    return {"userAgent|contains": tools + ([f"build-{dice.below(10_000)}"] if dice.chance(0.5) else [])}


def by_address(dice):
    networks = [dice.network() for _ in range(dice.choice([1, 1, 2, 4, 12, 40]))]
    return {"sourceIPAddress|cidr": networks}


def by_caller(dice):
    return dice.any_of([
        lambda d: {"userIdentity.arn|endswith": [f"user/{d.name()}" for _ in range(1 + d.below(3))]},
        lambda d: {"userIdentity.arn|contains": [f":assumed-role/{d.name()}/"]},
        lambda d: {"userIdentity.accountId": [d.account() for _ in range(1 + d.below(4))]},
        lambda d: {"userIdentity.arn|re": [f"^arn:aws[a-z-]*:sts::[0-9]{{12}}:assumed-role/{d.name()}/i-[0-9a-f]{{17}}$"]},
        lambda d: {"userIdentity.sessionContext.sessionIssuer.userName": [d.name() for _ in range(1 + d.below(6))]},
        lambda d: {"userIdentity.accessKeyId|startswith": [f"AKIA{''.join(d.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567') for _ in range(6))}"]},
    ])


def by_policy(dice):
    field = dice.choice(["requestParameters.policyDocument", "requestParameters.policy", "requestParameters.assumeRolePolicyDocument"])
    return dice.any_of([
        lambda d: {f"{field}|contains|all": ['"Effect":"Allow"', d.choice(['"Action":"*"', '"iam:PassRole"', '"Principal":"*"', '"s3:*"'])]},
        lambda d: {f"{field}|contains": [f"arn:aws:iam::{d.account()}:root" for _ in range(1 + d.below(3))]},
        lambda d: {f"{field}|re": ['"AWS"\\s*:\\s*"(\\*|arn:aws:iam::' + d.account() + ':[a-z]+/' + d.name() + ')"']},
    ])


def by_parameter(dice):
    field = f"requestParameters.{dice.choice(PARAMETERS)}"
    return dice.any_of([
        lambda d: {f"{field}|contains": [d.name() for _ in range(1 + d.below(3))]},
        lambda d: {f"{field}|startswith": [f"{d.choice(ROLES)}_{d.below(900)}"]},
        lambda d: {f"{field}|endswith": [f".{d.below(900)}.{end}" for end in d.some(["zip", "sql", "pem", "csv", "bak"], 3)]},
        lambda d: {field: [d.name() for _ in range(1 + d.below(8))]},
    ])


def by_error(dice):
    """A failure's code alone is ordinary; its message is not."""
    return {"errorCode": dice.some(REFUSALS, 4), "errorMessage|contains": [f"role/{dice.name()}", f"user/{dice.name()}"]}


NARROW = [by_agent, by_agent, by_address, by_caller, by_caller, by_policy, by_parameter, by_error]

# What is said of a named event besides; it may be broad.
BESIDES = NARROW + [
    lambda d: {"userIdentity.type": [d.choice(["Root", "IAMUser", "AssumedRole", "FederatedUser"])]},
    lambda d: {"errorCode": d.some(REFUSALS, 3)},
    lambda d: {"errorCode": None},
    lambda d: {"errorCode|exists": [False]},
    lambda d: {f"requestParameters.{d.choice(PARAMETERS)}|exists": [True]},
    lambda d: {f"responseElements.{d.choice(['instancesSet', 'user', 'accessKey', 'role', 'snapshotId'])}|exists": [True]},
    lambda d: {"requestParameters.policyArn|endswith": d.some(["/AdministratorAccess", "/PowerUserAccess", "/IAMFullAccess"], 3)},
    lambda d: {"requestParameters.ipPermissions.items.ipRanges.items.cidrIp": ["0.0.0.0/0", "::/0"]},
    lambda d: {"requestParameters.ipPermissions.items.toPort": [22, 3389, 1433, 3306, 5432][:1 + d.below(5)]},
    lambda d: {"requestParameters.maxResults|gte": [100 * (1 + d.below(9))]},
    lambda d: {"additionalEventData.MFAUsed": ["No"]},
    lambda d: {"requestParameters|contains": [d.choice(["Suspended", "Disabled", "public-read", "0.0.0.0/0", "allUsers"])]},
    lambda d: {"awsRegion": d.some(["ap-east-1", "me-south-1", "af-south-1", "eu-south-1", "ap-southeast-3", "il-central-1"], 4)},
]

# What is taken away again.
FILTERS = [
    lambda d: {"sourceIPAddress|endswith": [".amazonaws.com"]},
    lambda d: {"sourceIPAddress|cidr": ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"][:1 + d.below(3)]},
    lambda d: {"userIdentity.arn|contains": [f":role/{d.name()}"]},
    lambda d: {"userIdentity.invokedBy": ["cloudformation.amazonaws.com", "autoscaling.amazonaws.com"][:1 + d.below(2)]},
    lambda d: {"userIdentity.type": ["AWSService"]},
    lambda d: {"userAgent|contains": ["terraform", "aws-internal", "HashiCorp"][:1 + d.below(3)]},
    lambda d: {"errorCode|startswith": ["Client."]},
    lambda d: {"userIdentity.sessionContext.sessionIssuer.userName|startswith": ["AWSServiceRoleFor"]},
]


def named(dice, service, names):
    """A selection of these events."""
    source = {"eventSource": [f"{service}.amazonaws.com"]}
    without_version = re.sub(r"20\d{6}(v\d)?$", "", names[0])
    without_verb = re.sub(r"^[A-Z][a-z]+", "", names[0])
    if dice.chance(0.06):
        return source | {"eventName|startswith": [without_version]}
    if without_verb and dice.chance(0.04):
        return source | {"eventName|endswith": [without_verb]}
    return (source if dice.chance(0.85) else {}) | {"eventName": names}


def events_of(dice):
    service = dice.choice(sorted(SERVICES))
    return service, dice.some(SERVICES[service].split(), dice.choice([1, 1, 1, 2, 3, 6]))


def filtered(dice, selections, condition):
    """The same with one filter or two behind it."""
    filters = [dice.any_of(FILTERS) for _ in range(dice.choice([1, 1, 2]))]
    for name, items in zip(["filter_main_service", "filter_main_known"], filters):
        selections[name] = items
    if len(filters) == 1 and dice.chance(0.5):
        return f"{condition} and not filter_main_service"
    return f"{condition} and not 1 of filter_main_*"


def with_event(dice):
    """Selections and condition of a rule that names events."""
    if dice.chance(0.05):
        service, name = dice.choice(EVERYDAY)
        selections = {"selection_call": named(dice, service, [name]), "selection_by": dice.any_of(NARROW)}
        condition = "all of selection_*"
    elif dice.chance(0.12):
        kinds = ["selection_first", "selection_second", "selection_third"][:2 + dice.below(2)]
        selections = {kind: named(dice, *events_of(dice)) for kind in kinds}
        condition = "1 of selection_*"
    else:
        selections = {"selection": named(dice, *events_of(dice))}
        condition = "selection"
        if dice.chance(0.45):
            selections["selection_more"] = dice.any_of(BESIDES)
            condition = dice.choice(["selection and selection_more", "all of selection*"])
        elif dice.chance(0.1):
            selections["selection_agent"], selections["selection_address"] = by_agent(dice), by_address(dice)
            condition = "selection and (selection_agent or selection_address)"
    if dice.chance(0.3):
        condition = filtered(dice, selections, condition)
    return selections, condition


def without_event(dice):
    """Selections and condition of a rule for any call."""
    selections = {"selection": dice.any_of(NARROW)}
    condition = "selection"
    if dice.chance(0.25):
        selections = {"selection_one": selections["selection"], "selection_other": dice.any_of(NARROW)}
        condition = dice.choice(["1 of selection_*", "all of selection_*", "selection_one or selection_other"])
    if dice.chance(0.35):
        condition = filtered(dice, selections, condition)
    return selections, condition


def scalar(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def item_lines(key, values):
    if values is None:
        return [f"        {key}: null"]
    if len(values) == 1:
        return [f"        {key}: {scalar(values[0])}"]
    return [f"        {key}:"] + [f"            - {scalar(value)}" for value in values]


def rule_text(number, dice, names_event):
    selections, condition = (with_event if names_event else without_event)(dice)
    lines = [f"title: Made rule {number}",
             f"id: {uuid.UUID(int=dice.random.getrandbits(128), version=4)}",
             "status: experimental",
             f"description: Made for measuring; tests {sum(len(items) for items in selections.values())} fields.",
             "author: Nephometer",
             "date: 2026-11-28",
             "tags:",
             f"    - attack.{dice.choice(TECHNIQUES).lower()}",
             "logsource:",
             "    product: aws",
             "    service: cloudtrail",
             "detection:"]
    for name, items in selections.items():
        lines.append(f"    {name}:")
        for key, values in items.items():
            lines += item_lines(key, values)
    lines += [f"    condition: {condition}", f"level: {dice.choice(['low', 'medium', 'medium', 'high', 'critical'])}"]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Makes Sigma rules for AWS CloudTrail: many, of the usual shapes.")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--rules", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-event", type=float, default=0.16, metavar="SHARE", help="of the rules that name no event, 0..1")
    arguments = parser.parse_args()
    dice = Dice(arguments.seed)
    silent = set(dice.random.sample(range(arguments.rules), round(arguments.rules * arguments.no_event)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.rules):
        text = rule_text(number, dice, number not in silent)
        (arguments.out / f"made_{number:05d}.yml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
