#include "event/envelope_keys.h"

#include <algorithm>
#include <array>
#include <vector>

namespace nepho::event {

namespace {

constexpr std::array<std::string_view, 30> kRecordLists = {
    "Records", "records", "value", "Events", "events", "items", "Findings", "findings", "logs",
    "entries", "alerts", "data", "results", "Results", "Messages", "messages", "QueryResultRows",
    "EventList", "logEvents", "configurationItems", "baseConfigurationItems",
    // AWS Config's evaluations, as its API returns them.
    "EvaluationResults",
    // OpenTelemetry's logs in JSON.
    "resourceLogs", "scopeLogs", "logRecords",
    // Pub/Sub; Google's Security Command Center; Loki; Google SecOps; Elastic's tests.
    "receivedMessages", "listFindingsResults", "streams", "rawLogs", "expected"};

constexpr std::array kDeepLists = std::to_array<std::string_view>({
    "hits.hits",
    "data.events",
    "raw_logs.entries",
    "data.result",         // Loki
    "inline_source.logs",  // Google SecOps
    "nrql.results",        // New Relic's API
    // OpenTelemetry, behind what they are of.
    "scopeLogs",
    "logRecords",
});

constexpr std::array kPayloads = std::to_array<std::string_view>({
    "CloudTrailEvent",        // CloudTrail's LookupEvents
    "eventJson",              // CloudTrail Lake
    "detail",                 // EventBridge
    "Message",                // SNS
    "Sns.Message",            // SNS, to a Lambda function
    "body.stringValue",       // OpenTelemetry
    "body",                   // SQS
    "Body",                   // SQS, as its command line gives it
    "_source",                // Elastic, OpenSearch
    "event.original",         // Elastic, the event as it came
    "tests",                  // Datadog's
    "sample",                 //   in each
    "Tests",                  // Panther's
    "Log",                    //   in each
    "input",                  // tests of Sekoia and Panther, and of policies
    "_raw",                   // Splunk
    "result",                 // Splunk's export
    "map._raw",               // Sumo Logic's search
    "attributes.attributes",  // Datadog's search
    "invokingEvent",          // AWS Config rules
    "properties.log",         // Azure diagnostics of AKS
    "AuditData",              // Search-UnifiedAuditLog
    "RawEventData",           // Defender's advanced hunting
    "awslogs.data",           // CloudWatch Logs, to a Lambda function
    "kinesis.data",           // Kinesis, to a Lambda function
    "@message",               // CloudWatch Logs Insights
    "@rawstring",             // LogScale
    "data.aws",               // Wazuh's alerts
    "data.gcp",
    "data.office365",
    "data.github",
    "data.ms-graph",
    "full_log",  // Wazuh's alerts, the event as it came
    "value",     // Kafka, as its consumers and connectors write it
    "message",
    "log",
    "line",  // Loki
    "data",
    "payload",
    "event",
    "event_data",
    "record",
    "raw",
    "rawLog",
    "raw_log",
    "rawEvent",
    "raw_event",
    "gcp",
    "office365",
    "github",
    "ms-graph",
    "content.attributes",  // Datadog's older search
    "Content",             // Datadog's export as CSV
    "MESSAGE",             // journald's export
    "input.message",       // Sekoia's tests
    "request.payload",     // GitHub's deliveries of a webhook
    "logText",             // Google SecOps
    "log_text",
    "data_base64",   // CloudEvents
    "full_message",  // Graylog
    "short_message",
    "raw_data",
    "content",
    "text",
    "msg",
    "aws.cloudtrail",  // OpenSearch's integrations
    "aws",             // Wazuh's events
    "details",         // MozDef
    "response",        // Duo's API
    "authlogs",        //   in it, of version 2
    "responses",       // batches of Microsoft Graph
    "entities",        // Bitbucket's API
    "actor.account",   // New Relic's API
    "object",          // incidents that Microsoft Sentinel hands to playbooks
    "attributes",      // Datadog's archives
    "RawData",         // Log Analytics' custom logs
    "source_json",     // InsightIDR
    "json",            // Filebeat, n8n
    "VALUE",           // Snowflake's external tables
    "RECORD_CONTENT",  //   and its connector for Kafka
    "rows",            // Exabeam's search, CouchDB
    "doc",             //   in each of the latter
    "docs",            // Elastic's API
    "matches",         // Axiom's
    "rawResponse",     // Kibana
});

}  // namespace

bool is_record_list(std::string_view key) {
  return std::ranges::find(kRecordLists, key) != kRecordLists.end();
}

std::span<const std::string_view> record_list_keys() { return kRecordLists; }
std::span<const std::string_view> deep_record_lists() { return kDeepLists; }
std::span<const std::string_view> payload_paths() { return kPayloads; }

bool begins_payload_path(std::string_view key) {
  static const std::vector<std::string_view> keys = [] {
    std::vector<std::string_view> all(kPayloads.begin(), kPayloads.end());
    for (const std::string_view path : kPayloads) all.push_back(path.substr(0, path.find('.')));
    std::ranges::sort(all);
    return all;
  }();
  return std::ranges::binary_search(keys, key);
}

bool is_envelope_head(std::string_view key) {
  static constexpr std::array<std::string_view, 21> kKeys = {"kind",
                                                             "etag",
                                                             "nextPageToken",
                                                             "NextToken",
                                                             "nextToken",
                                                             "next",
                                                             "count",
                                                             "Count",
                                                             "total",
                                                             "apiVersion",
                                                             "version",
                                                             "page",
                                                             "next_link",
                                                             "ResponseMetadata",
                                                             "fileVersion",
                                                             "configSnapshotId",
                                                             "messageType",
                                                             "owner",
                                                             "logGroup",
                                                             "logStream",
                                                             "subscriptionFilters"};
  return key.starts_with("@odata.") || std::ranges::find(kKeys, key) != kKeys.end();
}

}  // namespace nepho::event
