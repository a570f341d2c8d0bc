#include "cli/live_dialogue.h"

#include <fmt/format.h>

#include "base/printable.h"

namespace nepho::cli {
namespace {

using exercise::StatedPlay;
using exercise::Word;

constexpr std::string_view kOutcomes =
    "  alerted, no_alert, logged, no_telemetry, blocked, error (Enter: alerts will say): ";

// Nothing when the input ended.
std::optional<Word> ask_word(const Ask& ask) {
  while (true) {
    const auto answer = ask(kOutcomes);
    if (!answer) return std::nullopt;
    if (answer->empty()) return Word::kPlayed;
    if (const auto word = exercise::parse_word(*answer)) return word;
  }
}

}  // namespace

std::string script_of(const exercise::PlannedPlay& play, std::size_t number, std::size_t count) {
  std::string out =
      fmt::format("# {} of {}: {} ({}): {}\n", number, count, escape_for_log(play.procedure),
                  escape_for_log(play.technique), escape_for_log(play.name));
  for (const std::string& line : play.commands) out += printable(line, kMaxPathShown) + "\n";
  return out;
}

std::vector<StatedPlay> ask_outcomes(const exercise::LivePlan& plan, const Clock& clock,
                                     const Ask& ask) {
  std::vector<StatedPlay> stated;
  bool has_ended = false;
  for (std::size_t i = 0; i < plan.plays.size(); ++i) {
    StatedPlay& play = stated.emplace_back(StatedPlay{.procedure = plan.plays[i].procedure});
    if (has_ended) continue;
    const auto begins = ask("\n" + script_of(plan.plays[i], i + 1, plan.plays.size()) +
                            "Enter when you begin (s passes it over, q ends): ");
    has_ended = !begins || *begins == "q";
    if (has_ended || *begins == "s") continue;
    play.started = clock.now();
    const auto done = ask("Enter when it is done: ");
    play.ended = clock.now();
    play.statement.word = Word::kPlayed;
    const auto word = done ? ask_word(ask) : std::nullopt;
    has_ended = !word;
    if (!word) continue;
    play.statement.word = *word;
    if (*word == Word::kAlerted) play.statement.rule = ask("  which rule: ").value_or("");
  }
  return stated;
}

}  // namespace nepho::cli
