// Evidence as JSON: one object, `docs/schemas/evidence.json`. One a line makes a file that grows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/result.h"
#include "evidence/evidence.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::evidence {

// Writes it as one object. What is not known (no latency) is null. Texts are quoted by the writer,
// so that whatever they hold is harmless to JSON; who shows them escapes them once more.
void write_evidence(text::JsonWriter& json, const Evidence& evidence);
// The same as one line, with its end.
std::string to_json_line(const Evidence& evidence);

// The evidence in a JSON object, as written by this or an older version: members that are not known
// are passed over, `reason`, `schema_hash`, `attack_version`, `latency_s`, `events` and `digest`
// may be missing. Everything else must be there and of its kind: evidence with a guessed kind or
// time would count wrongly. Fails with kBadMember or kUnknownWord at the member's place.
Result<Evidence> read_evidence(const text::JsonDocument& document, const text::JsonValue& object,
                               const std::string& file);
// The same of one line's text; also fails with text's codes where it is no JSON.
Result<Evidence> parse_evidence(std::string_view line, const std::string& file = {});
// All lines of a text. A bad one goes to `report` with its line and costs only itself; empty ones
// are passed over. O(text).
std::vector<Evidence> parse_evidence_lines(std::string_view text, const std::string& file,
                                           LoadReport& report);

}  // namespace nepho::evidence
