#include "event/envelope_keys.h"

#include <algorithm>
#include <array>

namespace nepho::event {

bool is_record_list(std::string_view key) {
  static constexpr std::array<std::string_view, 16> kKeys = {
      "Records", "records",   "value",     "Events",
      "events",  "items",     "Findings",  "findings",
      "logs",    "entries",   "alerts",    "data",
      "results", "EventList", "logEvents", "configurationItems"};
  return std::ranges::find(kKeys, key) != kKeys.end();
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
