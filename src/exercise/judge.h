// Plays procedures against rules and says what came of it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/correlator.h"
#include "detect/shard.h"
#include "evidence/evidence.h"
#include "exercise/play.h"
#include "exercise/procedure.h"
#include "exercise/rule_book.h"

namespace nepho::exercise {

// What of the organisation's logs arrives. Asked with a log source, or with the part of one that
// holds a record ("aws.cloudtrail.s3_data").
using IsReceived = std::function<bool(std::string_view log_source)>;

// What came of one procedure. `evidence.trials` has the rules by their ids; the rest is for
// showing.
struct Judgement {
  evidence::Evidence evidence;
  std::string name;                  // of the procedure
  bool is_claimed = false;           // some rule, working or not, counts for the technique
  bool is_claim_known = true;        // else nobody knows the rules, and one is expected to
  std::vector<std::string> alerted;  // titles of the rules that fired, those that count first
};

// What the engine said of one record.
struct Reading {
  std::set<std::uint32_t> rules;  // that hold, of a level that reaches somebody
  std::string log_source;         // as which it was read; "generic" when by no sign
  std::string part_of;            // the log source that this one is a part of; "" for none
};

// Keeps the engine's memory from play to play: one judge, one owner, no threads.
class Judge {
 public:
  // The rules must outlive it.
  Judge(const RuleBook& rules, IsReceived is_received);

  // Plays the procedure and its look-alikes, and runs the rules on those of their records that
  // arrive, as `detect` would: log sources are known by the records' own signs. Never fails: what
  // goes wrong is the verdict kError with its reason. The evidence lacks what only the caller
  // knows: time of play, ATT&CK version, schema.
  //
  // Findings on the records that open a session count for nothing: they are not the procedure.
  Judgement judge(const Procedure& procedure, const Stage& stage);

  // Runs the rules on the records of one play that arrive, from a fresh start: what they made of
  // each, in their order. Of one that does not arrive nothing is said.
  std::vector<Reading> read_all(const std::vector<Record>& records);

  // The rules of a level that reaches somebody that fire on what arrives of the records of one
  // play, those that only open a session apart. Fails with kNotRecognised when one of these is not
  // read as a record of its log source: no rule would see it, and silence would be no news.
  Result<std::set<std::uint32_t>> fired_on(const std::vector<Record>& records);

  // Runs the rules on one record. Correlations see it together with those read before in the same
  // play.
  Reading read(std::string_view record);

 private:
  class Trial;
  // Before the records of one play: correlations begin with nothing.
  void begin();
  // What correlations find with the matches of the record that was read last.
  void correlate(const detect::StoredInputs& inputs, Reading& reading);

  const RuleBook& rules_;
  IsReceived is_received_;
  detect::Shard shard_;
  std::string padded_;
  std::unique_ptr<detect::Correlator> correlator_;  // of this play; nullptr: there are none
  std::uint64_t num_correlated_ = 0;
};

}  // namespace nepho::exercise
