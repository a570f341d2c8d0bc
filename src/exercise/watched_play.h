// What was played where another product looks on: an attack, or what looks like it, with all by
// which an alert can be told to be of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "event/log_source.h"
#include "evidence/evidence.h"
#include "exercise/cases.h"
#include "exercise/judge.h"
#include "exercise/principal_names.h"

namespace nepho::exercise {

// What a person says came of an attack that was carried out.
enum class Word : std::uint8_t {
  kAlerted,
  kNoAlert,      // nothing was raised; whether the log arrived was not looked at
  kLogged,       // the log was looked at and has it; nothing was raised
  kNoTelemetry,  // the log was looked at and does not have it
  kBlocked,      // prevented before it could show
  kError,        // the attack itself went wrong
  kPlayed,       // it was carried out, no more: what alerted is still to be said
  kNotPlayed,
};
inline constexpr std::size_t kNumWords = 8;

struct Statement {
  Word word = Word::kNotPlayed;
  std::string rule;             // that alerted, as the person calls it; may be empty
  std::optional<Instant> time;  // of the alert
  std::string note;             // may be empty
  bool operator==(const Statement&) const = default;
};

// A plain value.
struct WatchedPlay {
  std::string procedure;  // its id, or the case's name
  std::string name;
  std::string provider;
  std::vector<std::string> techniques;  // any of them is right
  bool is_lookalike = false;
  evidence::Kind kind = evidence::Kind::kReplay;

  // Of what was planned, whether it took place is only known from a statement.
  bool took_place = true;
  std::optional<Statement> statement;
  // Why it could not be looked at, or why nobody could see it; both empty when it could.
  std::string fault;
  std::string unseen;

  // Events without one are matched by their ids alone, or by `since`.
  bool has_time = true;
  Instant begin;
  Instant end;
  // Of a live attack that is only known to have been carried out between the two, it is not: no
  // alert is late then, unless it says itself when the activity began.
  bool is_begin_known = true;
  Names accounts;
  Names actors;
  Names addresses;
  Names ids;  // of its events, or the one that its calls bear in their user agent
  std::size_t num_events = 0;
  std::string digest;  // of the events
};

// The cases of labelled logs: the attacks in their order, then the look-alikes. Reads the lines
// that they name, and takes time, account, actor, address and id from where their log sources have
// them. Of the kind that replay() would give them.
std::vector<WatchedPlay> played_in_logs(const std::vector<LabelledLines>& cases,
                                        const std::filesystem::path& folder,
                                        const event::LogSources& sources,
                                        const IsReceived& is_received);

}  // namespace nepho::exercise
