// Rows of the answers to queries, whose names stand apart from their values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "text/json.h"

namespace nepho::event {

// A row as an object, "" for one that there was no room for, and where in the answer's text its
// values stand.
struct AnswerRow {
  std::string json;
  std::size_t offset = 0;
};

// The rows that `answer`, an object, says, in their order; nothing when it is no such answer:
//   Log Analytics        {"tables": [{"columns": [{"name": ...}], "rows": [[...], ...]}]}
//                        ("Azure Monitor Log Analytics API response format"), also without rows
//   Logs Insights        {"results": [[{"field": ..., "value": ...}, ...], ...]}
//                        ("GetQueryResults" of CloudWatch Logs)
//   CloudTrail Lake      {"QueryResultRows": [[{column: ...}, ...], ...]}
//                        ("GetQueryResults" of CloudTrail)
//   Athena               {"ResultSet": {"Rows": [{"Data": [{"VarCharValue": ...}, {}]}],
//                        "ResultSetMetadata": {"ColumnInfo": [{"Name": ...}]}}}
//                        ("GetQueryResults" of Athena: the first row of a page may be the names)
// The names of columns stand in every row, so that a short answer may say long ones: all rows
// together take no more than `max_bytes`, and those behind the first that does not fit are not
// written. O(size of the answer + max_bytes).
std::optional<std::vector<AnswerRow>> rows_of_answer(const text::JsonValue& answer,
                                                     std::size_t max_bytes);

}  // namespace nepho::event
