// The names under which services deliver lists of records.
#pragma once

#include <string_view>

namespace nepho::event {

// Whether a member with this key, when it is an array of objects, is the list of records of an
// envelope: "Records" (CloudTrail, Lambda), "records" (Azure diagnostics), "value" (Microsoft
// Graph), "Events" (LookupEvents), "items" (Google Workspace), "Findings" (Security Hub), ...
bool is_record_list(std::string_view key);

// Whether a member with this key may stand before the list in an envelope: what pages of an API say
// about themselves ("@odata.context", "kind", "nextPageToken", ...). An object with any other
// member first is taken for a record until it has been seen whole.
bool is_envelope_head(std::string_view key);

}  // namespace nepho::event
