// Evidence: what one play of one procedure showed. Whoever plays writes it (exercise/, other
// people's alerts, a tabletop), coverage/ counts it, and neither knows of the other.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nepho::evidence {

// Where the events came from; never mixed without saying so (coverage-model, "Evidence").
enum class Kind : std::uint8_t {
  kSynthetic,  // records made by a program
  kReplay,     // real logs of a real attack
  kLive,       // a real attack on the user's own estate
  kTabletop,   // talked through; nothing was played
};
inline constexpr std::size_t kNumKinds = 4;

// What the play led to, whichever rule did it.
enum class Outcome : std::uint8_t {
  kAlerted,  // some rule mapped to the technique alerted
  kLogged,   // the events arrived, no such alert
  kNone,     // nothing arrived
  kBlocked,  // prevented before it could show
  kError,    // the play itself failed
};

// The outcome as a person acts on it: what to mend. Of several that hold the player says the one
// to mend first. Counting looks at `outcome` and `trials`, never at this.
enum class Verdict : std::uint8_t {
  kNotPlayed,
  kNoTelemetry,   // no log source that would show it arrives
  kNoAlert,       // logged, and no rule fired
  kAlerted,       // in time, by a rule mapped to the technique
  kAlertedOther,  // only by rules that are mapped elsewhere
  kLate,          // by a mapped rule, past the agreed time
  kAlsoBenign,    // by a mapped rule, which fires on the benign look-alike too
  kError,
};

// One rule in a play: it alerted, or its condition was held against the procedure's events and did
// not hold. Rules that have nothing to do with the procedure have no trial.
struct Trial {
  std::string rule;  // its id, whatever product it is of
  std::string hash;  // of what decides whether it fires (sigma/digest.h); empty for an opaque rule
  bool alerted = false;
  bool late = false;         // it alerted past the agreed time: a miss
  bool also_benign = false;  // it alerted on the procedure's benign look-alike too
  bool operator==(const Trial&) const = default;
};

// One play. A plain value; `docs/schemas/evidence.json` is its JSON form.
struct Evidence {
  std::string procedure;  // its id
  std::string technique;  // that it was played for, as of `attack_version`
  std::string provider;
  Kind kind = Kind::kSynthetic;
  Outcome outcome = Outcome::kNone;
  Verdict verdict = Verdict::kNotPlayed;
  std::string reason;          // why not more, for a person; may be empty
  std::vector<Trial> trials;   // by rule; each once
  std::string schema_hash;     // of the log sources' schemas (fingerprint.h); empty: not known
  std::string attack_version;  // "19.1"
  std::chrono::sys_time<std::chrono::nanoseconds> time{};  // when it was played
  std::optional<std::chrono::milliseconds> latency;        // from the attack to the first alert
  std::size_t events = 0;                                  // that the play made or replayed
  std::string digest;  // of those events, "sha256:..."; of a live attack, of its alerts
  bool operator==(const Evidence&) const = default;
};

}  // namespace nepho::evidence
