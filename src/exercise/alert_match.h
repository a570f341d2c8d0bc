// Which alerts of another product are of which play (docs/alerts.md, "What belongs together").
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "exercise/watched_play.h"

namespace nepho::exercise {

// Clocks differ: an alert may seem to be this much older than its attack. NTP keeps a second; a
// laptop that starts attacks is not always asked to. A guess.
inline constexpr std::chrono::minutes kClockSkew{5};
// How long after an attack's end its alert may come. GuardDuty publishes within minutes, and
// updates of findings within 6 hours ("CloudWatch Events notification frequency"); scheduled rules
// run once a day at the rarest.
inline constexpr std::chrono::hours kAlertWindow{24};

// What an alert was joined to a play by; the greater is the surer.
enum class Basis : std::uint8_t {
  kTechnique,  // technique and time alone: neither says who it was
  kAccount,    // account, technique and time
  kWho,        // actor or address, and time
  kId,         // it holds the id of one of the events, or the one that the calls bear
};
// "its technique and time alone", ...
std::string_view to_string(Basis basis);

struct Join {
  std::size_t alert = 0;  // index
  Basis basis = Basis::kTechnique;
  bool operator==(const Join&) const = default;
};

// An alert that fits several plays, none better than the others: it counts for none of them.
struct Ambiguous {
  std::size_t alert = 0;
  std::vector<std::size_t> plays;
  bool operator==(const Ambiguous&) const = default;
};

// Every alert is in exactly one of the four, and joined to one play; to several only where it holds
// ids of all of them, as when the same logs are there twice.
struct Matches {
  std::vector<std::vector<Join>> joins;  // by play; each by alert
  std::vector<Ambiguous> ambiguous;
  std::vector<std::size_t> unmatched;
  std::vector<std::size_t> earlier;  // raised before `since`: passed over
};

// Joins each alert to the play that it fits best. `techniques[i]` are those that alert i counts
// for, as current ids: its rule's where that is known, else its own.
//
// With `since`, alerts raised before are passed over, and the logs were given to the product from
// then on: an alert may be raised as long after it as it likes, whatever the events' own time.
// O(alerts * plays).
Matches match_alerts(std::span<const alert::Alert> alerts,
                     std::span<const std::vector<std::string>> techniques,
                     std::span<const WatchedPlay> plays, std::optional<Instant> since);

}  // namespace nepho::exercise
