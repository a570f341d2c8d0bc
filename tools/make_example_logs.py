#!/usr/bin/env python3
"""Makes the CloudTrail of Kittiwake Freight, the invented company of examples/: one working day of two AWS accounts, and an intrusion of
an hour in it (examples/README.md tells the story). Everything is made up; the shape of the records follows AWS's documentation of
CloudTrail's record contents.

    tools/make_example_logs.py OUT [--seed N]

writes OUT/AWSLogs/<account>/CloudTrail/<region>/<yyyy>/<mm>/<dd>/*.json.gz as AWS delivers them. The same seed gives the same bytes.
"""
import argparse
import datetime
import gzip
import json
import pathlib
import random
import uuid

DAY = datetime.datetime(2026, 3, 17, tzinfo=datetime.timezone.utc)
PRODUCTION, SHARED, OUTSIDE = "111122223333", "444455556666", "999988887777"
HOME, SECOND, GLOBAL = "eu-central-1", "eu-west-1", "us-east-1"
OFFICE = ["203.0.113.10", "203.0.113.11", "203.0.113.24"]
INTRUDER = "198.51.100.77"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

TERRAFORM = ("APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0 "
             "aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3")
BOTO = "Boto3/1.35.71 md/Botocore#1.35.71 ua/2.0 os/linux#6.1.115 md/arch#aarch64 lang/python#3.12.7 md/pyimpl#CPython"
CLI = "aws-cli/2.22.7 md/awscrt#0.23.3 ua/2.0 os/linux#6.6.9 md/arch#x86_64 lang/python#3.12.6 md/prompt#off md/command#"
BROWSER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36"
SSM_AGENT = "aws-sdk-go/1.55.5 (go1.22.9; linux; arm64) amazon-ssm-agent/3.3.1345.0"


class Dice:
    """All chance of the day, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def choice(self, of):
        return self.random.choice(of)

    def hexadecimal(self, digits):
        return f"{self.random.getrandbits(4 * digits):0{digits}x}"

    def base32(self, prefix, length):
        return prefix + "".join(self.random.choice(BASE32) for _ in range(length))

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def moment(self, first_hour, last_hour):
        return DAY + datetime.timedelta(seconds=self.random.randrange(int(first_hour * 3600), int(last_hour * 3600)))


def stamp(when):
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


class User:
    """An IAM user with a long-lived key."""

    def __init__(self, dice, account, name, addresses, agent):
        self.account, self.name, self.addresses, self.agent = account, name, addresses, agent
        self.arn = f"arn:aws:iam::{account}:user/{name}"
        self.principal = dice.base32("AIDA", 17)
        self.key = dice.base32("AKIA", 16)

    def identity(self, _when):
        return {"type": "IAMUser", "principalId": self.principal, "arn": self.arn, "accountId": self.account,
                "accessKeyId": self.key, "userName": self.name}


class Role:
    """A role and one session of it."""

    def __init__(self, dice, account, name, session, addresses, agent):
        self.account, self.name, self.session, self.addresses, self.agent = account, name, session, addresses, agent
        self.arn = f"arn:aws:iam::{account}:role/{name}"
        self.principal = dice.base32("AROA", 17)
        self.key = dice.base32("ASIA", 16)

    def identity(self, when):
        issued = when - datetime.timedelta(seconds=when.minute % 30 * 60 + when.second)
        return {"type": "AssumedRole", "principalId": f"{self.principal}:{self.session}",
                "arn": f"arn:aws:sts::{self.account}:assumed-role/{self.name}/{self.session}", "accountId": self.account,
                "accessKeyId": self.key,
                "sessionContext": {"sessionIssuer": {"type": "Role", "principalId": self.principal, "arn": self.arn,
                                                     "accountId": self.account, "userName": self.name},
                                   "attributes": {"creationDate": stamp(issued), "mfaAuthenticated": "false"}}}


class Service:
    """AWS itself, on behalf of an account."""

    def __init__(self, account, name):
        self.account, self.addresses, self.agent = account, [name], name

    def identity(self, _when):
        return {"type": "AWSService", "invokedBy": self.agent}


READS = ("Get", "List", "Describe", "Head", "Lookup", "Assume", "Decrypt", "Console")


class Day:
    """The records of the day, in the order they are made."""

    def __init__(self, dice):
        self.dice, self.records = dice, []

    def record(self, when, who, service, name, region=HOME, parameters=None, response=None, error=None, agent=None, address=None,
               **more):
        event = {"eventVersion": "1.11", "userIdentity": who.identity(when), "eventTime": stamp(when),
                 "eventSource": f"{service}.amazonaws.com", "eventName": name, "awsRegion": region,
                 "sourceIPAddress": address or self.dice.choice(who.addresses), "userAgent": agent or who.agent}
        if error:
            event["errorCode"], event["errorMessage"] = error
        event["requestParameters"], event["responseElements"] = parameters, response
        event["requestID"], event["eventID"] = self.dice.uuid(), self.dice.uuid()
        event["readOnly"] = name.startswith(READS)
        data = service == "s3" and name.endswith("Object")
        event.update(more)
        event.update(eventType=more.get("eventType", "AwsApiCall"), managementEvent=not data, recipientAccountId=who.account,
                     eventCategory="Data" if data else "Management")
        if not isinstance(who, Service) and "eventType" not in more:
            event["tlsDetails"] = {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256",
                                   "clientProvidedHostHeader": f"{service}.{region}.amazonaws.com"}
        self.records.append((when, who.account, region, event))

    def s3_object(self, when, who, name, bucket, key, size, **more):
        self.record(when, who, "s3", name, parameters={"bucketName": bucket, "key": key, "Host": f"{bucket}.s3.{HOME}.amazonaws.com"},
                    additionalEventData={"SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256",
                                         "bytesTransferredIn": size if name == "PutObject" else 0,
                                         "bytesTransferredOut": size if name == "GetObject" else 0, "AuthenticationMethod": "AuthHeader"},
                    resources=[{"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{key}"},
                               {"accountId": who.account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"}], **more)


def machines(day):
    """What runs by itself, day and night."""
    dice = day.dice
    pricing = Role(dice, PRODUCTION, "pricing-api", "i-" + dice.hexadecimal(17), ["10.20.4.17", "10.20.5.90"], BOTO)
    manifests = Role(dice, PRODUCTION, "manifest-ingest", "manifest-ingest", ["10.20.6.8"], BOTO)
    monitor = Role(dice, SHARED, "fleet-monitor", "fleet-monitor", ["10.30.1.5"], BOTO)
    ec2, lambda_service = Service(PRODUCTION, "ec2.amazonaws.com"), Service(PRODUCTION, "lambda.amazonaws.com")
    key = f"arn:aws:kms:{HOME}:{PRODUCTION}:key/{dice.uuid()}"
    instances = ["i-" + dice.hexadecimal(17) for _ in range(12)]
    for _ in range(760):
        when = dice.moment(6, 20)
        day.s3_object(when, manifests, dice.choice(["GetObject", "PutObject"]), "kittiwake-manifests",
                      f"2026/03/17/{dice.choice(['HAM', 'RTM', 'ANR', 'GDN'])}-{dice.hexadecimal(6)}.json", dice.random.randrange(800, 90_000))
    for _ in range(620):
        day.record(dice.moment(0, 24), dice.choice([pricing, manifests]), "kms", "Decrypt",
                   parameters={"encryptionContext": {"aws:s3:arn": "arn:aws:s3:::kittiwake-manifests"}},
                   resources=[{"accountId": PRODUCTION, "type": "AWS::KMS::Key", "ARN": key}])
    for _ in range(420):
        role, service = dice.choice([(pricing, ec2), (manifests, lambda_service)])
        when = dice.moment(0, 24)
        day.record(when, service, "sts", "AssumeRole",
                   parameters={"roleArn": role.arn, "roleSessionName": role.session, "durationSeconds": 3600},
                   response={"credentials": {"accessKeyId": dice.base32("ASIA", 16), "sessionToken": dice.base32("", 40)},
                             "assumedRoleUser": {"assumedRoleId": f"{role.principal}:{role.session}",
                                                 "arn": f"arn:aws:sts::{PRODUCTION}:assumed-role/{role.name}/{role.session}"}})
    for instance in instances:
        host = Role(dice, PRODUCTION, "fleet-instance", instance, [f"10.20.8.{dice.random.randrange(4, 250)}"], SSM_AGENT)
        for _ in range(40):
            day.record(dice.moment(0, 24), host, "ssm", "UpdateInstanceInformation",
                       parameters={"instanceId": instance, "agentVersion": "3.3.1345.0", "agentStatus": "Active", "platformType": "Linux",
                                   "platformName": "Amazon Linux"})
    for _ in range(560):
        service, name = dice.choice([("ec2", "DescribeInstances"), ("ec2", "DescribeVolumes"), ("ec2", "DescribeInstanceStatus"),
                                     ("elasticloadbalancing", "DescribeTargetHealth"), ("monitoring", "DescribeAlarms"),
                                     ("autoscaling", "DescribeAutoScalingGroups"), ("rds", "DescribeDBInstances")])
        day.record(dice.moment(0, 24), monitor, service, name, region=dice.choice([HOME, HOME, SECOND]), parameters={})
    for _ in range(90):
        day.record(dice.moment(0, 24), pricing, "secretsmanager", "GetSecretValue", parameters={"secretId": "pricing/database"})
    backup = Service(PRODUCTION, "backup.amazonaws.com")
    for instance in instances[:6]:
        day.record(dice.moment(1, 2), backup, "ec2", "CreateSnapshot",
                   parameters={"volumeId": "vol-" + dice.hexadecimal(17), "description": f"nightly of {instance}"},
                   response={"snapshotId": "snap-" + dice.hexadecimal(17), "status": "pending", "encrypted": True})


def engineers(day):
    """People at work: console, Terraform, the release pipeline."""
    dice = day.dice
    terraform = Role(dice, PRODUCTION, "terraform-apply", "kittiwake-infra", ["203.0.113.40"], TERRAFORM)
    people = [Role(dice, account, f"AWSReservedSSO_{access}_{dice.hexadecimal(16)}", f"{name}@kittiwake.example", OFFICE, BROWSER)
              for account, access, name in ((PRODUCTION, "Operator", "marit"), (PRODUCTION, "Operator", "joaquim"),
                                            (SHARED, "Security", "ines"), (PRODUCTION, "ReadOnly", "tove"))]
    for person in people:
        for _ in range(3):
            day.record(dice.moment(7, 17), person, "signin", "ConsoleLogin", region=GLOBAL, response={"ConsoleLogin": "Success"},
                       additionalEventData={"LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No",
                                            "MFAUsed": "Yes"}, eventType="AwsConsoleSignIn")
        for _ in range(95):
            service, name = dice.choice([("ec2", "DescribeInstances"), ("ec2", "DescribeSecurityGroups"), ("s3", "ListBuckets"),
                                         ("iam", "ListRoles"), ("iam", "GetRole"), ("cloudtrail", "LookupEvents"),
                                         ("lambda", "ListFunctions20150331"), ("logs", "DescribeLogGroups"), ("rds", "DescribeDBInstances"),
                                         ("cloudwatch", "GetMetricData")])
            region = GLOBAL if service == "iam" else HOME
            day.record(dice.moment(7, 17.5), person, service, name, region=region,
                       parameters={"roleName": "pricing-api"} if name == "GetRole" else None, sessionCredentialFromConsole="true")
    # A planned change: Terraform makes a user for a partner's carrier feed, with its key and a narrow policy.
    start = DAY + datetime.timedelta(hours=9, minutes=12)
    partner = "carrier-feed-polaris"
    for i, (name, parameters) in enumerate((
            ("CreateUser", {"userName": partner, "path": "/partners/", "tags": [{"key": "managed-by", "value": "terraform"}]}),
            ("AttachUserPolicy", {"userName": partner, "policyArn": f"arn:aws:iam::{PRODUCTION}:policy/carrier-feed-write"}),
            ("CreateAccessKey", {"userName": partner}))):
        day.record(start + datetime.timedelta(seconds=4 * i), terraform, "iam", name, region=GLOBAL, parameters=parameters)
    for _ in range(160):
        service, name = dice.choice([("iam", "GetRole"), ("iam", "GetPolicyVersion"), ("ec2", "DescribeVpcs"), ("ec2", "DescribeSubnets"),
                                     ("s3", "GetBucketPolicy"), ("s3", "GetBucketVersioning"), ("kms", "DescribeKey")])
        day.record(start + datetime.timedelta(seconds=dice.random.randrange(-300, 300)), terraform, service, name,
                   region=GLOBAL if service == "iam" else HOME, parameters={})
    # Joaquim opens a test machine to the world for an afternoon: untidy, not hostile.
    day.record(DAY + datetime.timedelta(hours=13, minutes=40), people[1], "ec2", "AuthorizeSecurityGroupIngress",
               parameters={"groupId": "sg-" + dice.hexadecimal(17),
                           "ipPermissions": {"items": [{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22,
                                                        "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0", "description": "test"}]}}]}},
               response={"_return": True})
    pipeline = User(dice, PRODUCTION, "ci-release", ["203.0.113.52", "203.0.113.53"], BOTO)
    for _ in range(9):
        when = dice.moment(7, 17)
        for i, (service, name, parameters) in enumerate((
                ("sts", "GetCallerIdentity", None), ("s3", "PutObject", None),
                ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "manifest-ingest", "publish": True}),
                ("lambda", "GetFunction20150331v2", {"functionName": "manifest-ingest"}))):
            at = when + datetime.timedelta(seconds=3 * i)
            if name == "PutObject":
                day.s3_object(at, pipeline, name, "kittiwake-releases", f"manifest-ingest/{dice.hexadecimal(12)}.zip", 4_812_004)
            else:
                day.record(at, pipeline, service, name, parameters=parameters)
    return pipeline


DENIED_BY_ORGANIZATION = ("AccessDenied", "User is not authorized to perform this action with an explicit deny in a service control policy")


def intrusion(day, pipeline):
    """The pipeline's key, leaked in a build log, in other hands for an hour (examples/README.md)."""
    dice = day.dice
    clock = [DAY + datetime.timedelta(hours=11, minutes=21, seconds=8)]

    def then(seconds):
        clock[0] += datetime.timedelta(seconds=seconds)
        return clock[0]

    def denied(who, action):
        return ("AccessDenied", f"User: {who.arn} is not authorized to perform: {action} because no identity-based policy allows it")

    def act(seconds, who, service, name, command, **more):
        day.record(then(seconds), who, service, name, agent=CLI + command, address=INTRUDER, **more)

    act(0, pipeline, "sts", "GetCallerIdentity", "sts.get-caller-identity")
    for service, name, command in (("iam", "ListUsers", "iam.list-users"), ("iam", "ListRoles", "iam.list-roles"),
                                   ("iam", "ListGroups", "iam.list-groups"),
                                   ("iam", "GetAccountAuthorizationDetails", "iam.get-account-authorization-details")):
        refused = denied(pipeline, "iam:ListGroups") if name == "ListGroups" else None
        act(dice.random.randrange(6, 25), pipeline, service, name, command, region=GLOBAL, error=refused)
    act(14, pipeline, "s3", "ListBuckets", "s3.ls")
    for region in (HOME, SECOND, GLOBAL, "us-west-2", "ap-southeast-1", "sa-east-1"):
        for name in ("DescribeInstances", "DescribeSnapshots", "DescribeVolumes"):
            act(3, pipeline, "ec2", name, "ec2.describe", region=region, parameters={})
    act(20, pipeline, "secretsmanager", "ListSecrets", "secretsmanager.list-secrets", parameters={})
    act(9, pipeline, "lambda", "ListFunctions20150331", "lambda.list-functions")

    name = "svc-backup-sync"
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    intruder = User(dice, PRODUCTION, name, [INTRUDER], CLI)
    act(412, pipeline, "iam", "CreateUser", "iam.create-user", region=GLOBAL, parameters={"userName": name},
        response={"user": {"path": "/", "userName": name, "userId": intruder.principal, "arn": intruder.arn, "createDate": stamp(clock[0])}})
    act(21, pipeline, "iam", "CreateAccessKey", "iam.create-access-key", region=GLOBAL, parameters={"userName": name},
        response={"accessKey": {"userName": name, "accessKeyId": intruder.key, "status": "Active", "createDate": stamp(clock[0])}})
    act(17, pipeline, "iam", "AttachUserPolicy", "iam.attach-user-policy", region=GLOBAL,
        parameters={"userName": name, "policyArn": administrator})
    act(44, pipeline, "iam", "CreateLoginProfile", "iam.create-login-profile", region=GLOBAL,
        parameters={"userName": name, "passwordResetRequired": False},
        response={"loginProfile": {"userName": name, "createDate": stamp(clock[0]), "passwordResetRequired": False}})
    day.record(then(75), intruder, "signin", "ConsoleLogin", region=GLOBAL, agent=BROWSER, response={"ConsoleLogin": "Success"},
               additionalEventData={"LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No", "MFAUsed": "No"},
               eventType="AwsConsoleSignIn")

    trail = f"arn:aws:cloudtrail:{HOME}:{PRODUCTION}:trail/organization"
    act(571, intruder, "cloudtrail", "DescribeTrails", "cloudtrail.describe-trails")
    for _ in range(2):
        act(25, intruder, "cloudtrail", "StopLogging", "cloudtrail.stop-logging", parameters={"name": trail}, error=DENIED_BY_ORGANIZATION)
    act(40, intruder, "ec2", "DeleteFlowLogs", "ec2.delete-flow-logs",
        parameters={"DeleteFlowLogsRequest": {"FlowLogId": {"tag": 1, "content": "fl-" + dice.hexadecimal(17)}}},
        response={"DeleteFlowLogsResponse": {"unsuccessful": ""}})
    detector = dice.hexadecimal(32)
    act(35, intruder, "guardduty", "UpdateDetector", "guardduty.update-detector", parameters={"detectorId": detector, "enable": False},
        error=DENIED_BY_ORGANIZATION)

    for secret in ("pricing/database", "pricing/carrier-tokens", "billing/stripe", "billing/sepa", "crm/api", "edi/sftp-polaris",
                   "edi/sftp-meridian", "mail/smtp", "oidc/client", "reporting/snowflake", "vpn/psk", "wms/admin"):
        act(dice.random.randrange(4, 14), intruder, "secretsmanager", "GetSecretValue", "secretsmanager.get-secret-value",
            parameters={"secretId": secret})

    snapshot = "snap-" + dice.hexadecimal(17)
    act(548, intruder, "ec2", "CreateSnapshot", "ec2.create-snapshot", parameters={"volumeId": "vol-" + dice.hexadecimal(17)},
        response={"snapshotId": snapshot, "status": "pending", "encrypted": False})
    act(226, intruder, "ec2", "ModifySnapshotAttribute", "ec2.modify-snapshot-attribute",
        parameters={"snapshotId": snapshot, "attributeType": "CREATE_VOLUME_PERMISSION",
                    "createVolumePermission": {"add": {"items": [{"userId": OUTSIDE}]}}},
        response={"requestId": dice.uuid(), "_return": True})

    act(402, intruder, "s3", "ListObjects", "s3.sync", parameters={"bucketName": "kittiwake-customers", "prefix": ""})
    for i in range(260):
        day.s3_object(then(1 + i % 3), intruder, "GetObject", "kittiwake-customers", f"contracts/2025/{dice.hexadecimal(8)}.pdf",
                      dice.random.randrange(40_000, 2_000_000), agent=CLI + "s3.sync", address=INTRUDER)

    act(251, intruder, "ec2", "RunInstances", "ec2.run-instances", region="ap-southeast-1",
        parameters={"instancesSet": {"items": [{"imageId": "ami-" + dice.hexadecimal(17), "minCount": 4, "maxCount": 4}]},
                    "instanceType": "g5.12xlarge", "monitoring": {"enabled": False}},
        error=("Client.VcpuLimitExceeded", "You have requested more vCPU capacity than your current vCPU limit of 0 allows"))


def deliver(day, out):
    """An hour of an account and a region is one file, its records in order of time."""
    files = {}
    for when, account, region, event in sorted(day.records, key=lambda record: record[0]):
        files.setdefault((account, region, when.replace(minute=0, second=0)), []).append(event)
    for (account, region, hour), events in sorted(files.items()):
        delivered = hour + datetime.timedelta(hours=1, minutes=5)
        folder = out / "AWSLogs" / account / "CloudTrail" / region / hour.strftime("%Y/%m/%d")
        folder.mkdir(parents=True, exist_ok=True)
        unique = "".join(day.dice.choice(BASE32) for _ in range(16))
        name = f"{account}_CloudTrail_{region}_{delivered.strftime('%Y%m%dT%H%MZ')}_{unique}.json.gz"
        body = json.dumps({"Records": events}, separators=(",", ":")).encode()
        (folder / name).write_bytes(gzip.compress(body, 9, mtime=0))
    return len(files)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("--seed", type=int, default=20260317)
    chosen = options.parse_args()
    day = Day(Dice(chosen.seed))
    machines(day)
    pipeline = engineers(day)
    intrusion(day, pipeline)
    print(f"{len(day.records)} events in {deliver(day, chosen.out)} files")


if __name__ == "__main__":
    main()
