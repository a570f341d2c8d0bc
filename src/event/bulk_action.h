// The lines between the records of a file for Elasticsearch's and OpenSearch's bulk interface.
#pragma once

#include <string_view>

namespace nepho::event {

// Whether an object that no log source knows is such a line, which says where the record on the
// next line goes ("Bulk API", "Request body"): {"index":{"_index":"logs","_id":"1"}}. It is no
// record.
bool is_bulk_action(std::string_view object);

}  // namespace nepho::event
