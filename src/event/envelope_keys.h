// The names under which services deliver lists of records.
#pragma once

#include <span>
#include <string_view>

namespace nepho::event {

// Whether a member with this key, when it is an array of objects, is the list of records of an
// envelope: "Records" (CloudTrail, Lambda), "records" (Azure diagnostics), "value" (Microsoft
// Graph), "Events" (LookupEvents), "items" (Google Workspace), "Findings" (Security Hub), ...
bool is_record_list(std::string_view key);
std::span<const std::string_view> record_list_keys();
// Lists of records deeper than a member of their own, as dotted paths ("hits.hits").
std::span<const std::string_view> deep_record_lists();
// What Log Analytics answers with: tables of columns and rows.
inline constexpr std::string_view kTables = "tables";
// Where Athena has the rows that it answers to a query with.
inline constexpr std::string_view kResultSet = "ResultSet";
// Where a stream of Loki has its lines, each behind its time.
inline constexpr std::string_view kStreamLines = "values";

// Where one record lies in a wrapping, as an object or as a string that holds one; in the order in
// which they are looked at, the innermost delivery last. Keys, or two with a dot between.
std::span<const std::string_view> payload_paths();
// Whether one of these begins with a member of this key, or is it.
bool begins_payload_path(std::string_view key);

// How a string begins that holds an object, "{\"a\":1}": under any key at all it may be a record.
inline constexpr std::string_view kPackedObject = "\"{\\";

// Whether a member with this key may stand before the list in an envelope: what pages of an API say
// about themselves ("@odata.context", "kind", "nextPageToken", ...). An object with any other
// member first is taken for a record until it has been seen whole.
bool is_envelope_head(std::string_view key);

}  // namespace nepho::event
