// Rows of the answers to queries, whose names stand apart from their values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "text/json.h"

namespace nepho::event {

// A row as an object, and where in the answer's text its values stand.
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
// O(size of the answer).
std::optional<std::vector<AnswerRow>> rows_of_answer(const text::JsonValue& answer);

}  // namespace nepho::event
