// The words of the evidence's enumerations, as JSON, tables and options have them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "evidence/procedure.h"

namespace nepho::evidence {

// Constant tables: no failure, no allocation, any thread.
std::string_view to_string(Kind kind);              // "synthetic", "replay", "live", "tabletop"
std::string_view to_string(Outcome outcome);        // "alerted", "logged", ...
std::string_view to_string(Verdict verdict);        // "not_played", "no_telemetry", ...
std::string_view to_string(Observable observable);  // "yes", "partly", "no"

// The inverse: parse<Kind>("live"). Nothing for any other text.
template <typename Enum>
std::optional<Enum> parse(std::string_view word);

// All words of one enumeration, in its order: for choices and "one of ...".
template <typename Enum>
std::vector<std::string_view> words_of();

}  // namespace nepho::evidence
