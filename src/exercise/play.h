// Playing a scenario: the records that the provider's log would hold if it had really been done.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "exercise/context.h"
#include "exercise/mould.h"
#include "exercise/operations.h"
#include "exercise/step.h"

namespace nepho::exercise {

// One record of a log.
struct Record {
  std::string text;  // on one line: compact JSON, or the line itself of a log in text
  Instant time;
  std::string log_source;    // "aws.cloudtrail", or the part of it that holds it
  std::string delivered_as;  // the path of the file the provider would put it in
  std::string envelope;      // LogForm::envelope, the same for all records of a file
  // It only opened a session that the scenario uses: telemetry of the same attack, but not of the
  // procedure. Rules that fire on it prove nothing about the procedure.
  bool is_setup = false;
};

// Where and when a scenario is played.
struct Stage {
  const ProviderOperations& provider;
  const Context& context;
  std::uint64_t seed = 1;
  Instant start;  // of the first step; sessions are opened before it
  // How the provider's log is handed out: a name of its `wrappings`; empty, or one that this
  // provider does not have: as it is.
  std::string wrapping = {};
};

// The records of a scenario in the order of their times. The same scenario, stage and `label` give
// the same bytes, always and everywhere; another label (the procedure's id, with what part of it is
// played) draws other users, keys and addresses.
//
// Fails with the codes of errors.h at the step's place. Bounded: by kMaxSteps and kMaxTimes, by the
// size of a record, and by 64 MiB in all.
Result<std::vector<Record>> play(const Scenario& scenario, const Stage& stage,
                                 std::string_view label);

// A record of a play that can be made again on another day: the same call by the same principal,
// with other ids.
struct CastRecord {
  Mould text;
  Mould delivered_as;
  Instant time;
  std::uint64_t seed = 0;        // of what is drawn for the record
  std::uint64_t place_seed = 0;  // and for the names of the play's files
  Record other;                  // what does not change

  // As play() makes it when `later` is none.
  Result<Record> made(std::chrono::days later) const;
};

// The moulds of what play() gives, in the order of their times. Fails as it does; what is drawn
// counts as its mark does for what a play may hold.
Result<std::vector<CastRecord>> cast(const Scenario& scenario, const Stage& stage,
                                     std::string_view label);

}  // namespace nepho::exercise
