// What a person says came of attacks: a table with a line of names (docs/alerts.md, "The outcome").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "exercise/watched_play.h"

namespace nepho::exercise {

// A row. What is empty was not said.
struct StatedPlay {
  std::string procedure;  // its id
  Statement statement;
  std::optional<Instant> started;
  std::optional<Instant> ended;
  std::string account;
  std::string actor;
  std::string address;
  bool operator==(const StatedPlay&) const = default;
};

// "alerted", "no_alert", "logged", "no_telemetry", "blocked", "error", "played", "not_played".
std::string_view to_string(Word word);
// The inverse, with blanks or dashes for '_' and in any case.
std::optional<Word> parse_word(std::string_view text);

// Reads columns procedure and outcome, which must be there, and rule, time (of the alert), started,
// ended, account, actor, address, note. A faulty row is reported with its line and left out. At
// most 10 000 rows.
std::vector<StatedPlay> parse_statements(std::string_view text, const std::string& file,
                                         LoadReport& report);

// The plays as such a table, for people to fill in what is not known.
std::string statements_table(const std::vector<StatedPlay>& plays);

}  // namespace nepho::exercise
