#include "event/envelope_keys.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace nepho::event {

namespace {

constexpr std::string_view kRecordLists[] = {
    "Records",
    "records",
    "value",
    "Events",
    "events",
    "items",
    "Findings",
    "findings",
    "logs",
    "entries",
    "alerts",
    "data",
    "results",
    "Results",
    "Messages",
    "messages",
    "QueryResultRows",
    "EventList",
    "logEvents",
    "configurationItems",
    "receivedMessages",     // Pub/Sub
    "listFindingsResults",  // Google's Security Command Center
    "streams",              // Loki
    "rawLogs",              // Google SecOps
    "resourceLogs",         // OpenTelemetry
    "expected"};            // Elastic's tests

constexpr std::string_view kDeepLists[] = {"hits.hits",          "data.events", "raw_logs.entries",
                                           "data.result",         // Loki
                                           "inline_source.logs",  // Google SecOps
                                           "scopeLogs",           // OpenTelemetry
                                           "logRecords"};

constexpr std::string_view kPayloads[] = {
    "CloudTrailEvent",  // CloudTrail's LookupEvents
    "eventJson",        // CloudTrail Lake
    "detail",           // EventBridge
    "Message",          // SNS
    "body",             // SQS
    "Body",             // SQS, as its command line gives it
    "_source",          // Elastic, OpenSearch
    "event.original",   // Elastic, the event as it came
    "_raw",             // Splunk
    "full_log",         // Wazuh, the event as it came
    "data.aws",         // Wazuh, of its modules
    "data.gcp",
    "data.office365",
    "data.github",
    "data.ms-graph",
    "aws",  // and as its modules write them
    "gcp",
    "office365",
    "github",
    "ms-graph",
    "result",                 // Splunk's export
    "map._raw",               // Sumo Logic's search
    "attributes.attributes",  // Datadog's search
    "content.attributes",     // and its older one
    "invokingEvent",          // AWS Config rules
    "properties.log",         // Azure diagnostics of AKS
    "AuditData",              // Search-UnifiedAuditLog
    "RawEventData",           // Defender's advanced hunting
    "awslogs.data",           // CloudWatch Logs, to a Lambda function
    "kinesis.data",           // Kinesis, to a Lambda function
    "@message",               // CloudWatch Logs Insights
    "request.payload",        // GitHub's deliveries of a webhook
    "logText",                // Google SecOps
    "log_text",
    "line",              // Loki's command line
    "body.stringValue",  // OpenTelemetry
    "data_base64",       // CloudEvents
    "full_message",      // Graylog
    "short_message",
    "raw",
    "raw_log",
    "rawLog",
    "raw_event",
    "rawEvent",
    "raw_data",
    "content",
    "text",
    "msg",
    "value",  // Kafka, as its consumers and connectors write it
    "message",
    "log",
    "data",
    "payload",
    "event",
    "record"};

}  // namespace

bool is_record_list(std::string_view key) {
  return std::ranges::find(kRecordLists, key) != std::end(kRecordLists);
}

std::span<const std::string_view> record_list_keys() { return kRecordLists; }
std::span<const std::string_view> deep_record_lists() { return kDeepLists; }
std::span<const std::string_view> payload_paths() { return kPayloads; }

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
