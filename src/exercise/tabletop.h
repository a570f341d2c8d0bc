// A tabletop: procedures told step by step, with the records that each step would leave and the
// rules that would fire on them. Nothing is proven by it; people talk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "event/log_source.h"
#include "exercise/judge.h"
#include "exercise/record_facts.h"
#include "exercise/tabletop_guide.h"

namespace nepho::exercise {

// What is handed out at once: records of one kind that follow each other.
struct Inject {
  std::vector<Record> records;  // at least one
  std::string event;            // its name as the log says it; empty for a line of text
  std::string log_source;       // as `received` takes it: "aws.cloudtrail.s3_data"
  bool is_received = false;     // this log arrives here
  bool is_setup = false;        // it only opens the session of what follows
  std::vector<Fact> facts;      // of the first record
  // Of the first record; empty where it does not say.
  std::string actor;
  std::string address;
  std::string account;
  // Rules that fire here for the first time in their part, by index, on what arrives; and those
  // that would if all logs did.
  std::vector<std::uint32_t> alerts;
  std::vector<std::uint32_t> missed;
};

struct Part {
  enum class Kind : std::uint8_t { kAttack, kLookalike, kOtherWay };
  Kind kind = Kind::kAttack;
  const Procedure* procedure = nullptr;
  const Scenario* scenario = nullptr;  // of the procedure
  std::vector<Inject> injects;
};

struct Walkthrough {
  std::vector<Part> parts;  // the attack, what looks like it, other ways, in this order
  Judgement judgement;      // of the attack: what fired and, if nothing did, why
};

// What a walkthrough is made of. Views what outlives it.
struct TabletopInputs {
  const Procedure& procedure;
  std::vector<const Procedure*> other_ways;  // on the same provider
  const Stage& stage;
  const RuleBook& rules;
  const event::LogSources& log_sources;
  const IsReceived& is_received;
  const TabletopGuide& guide;
};

// Records between which more time passes than this are told one after another, unless nobody could
// tell them apart.
inline constexpr std::chrono::minutes kOneInject{10};

// How long after the attack the look-alike is told, and how long after that each other way: the
// table has acted meanwhile.
inline constexpr std::chrono::minutes kBeforeLookalike{25};
inline constexpr std::chrono::hours kBeforeOtherWay{2};

// Plays everything, the same for the same stage, and runs the rules on it. What only opens the
// session of a look-alike is left out. Fails with the codes of errors.h where a play does.
Result<Walkthrough> make_walkthrough(const TabletopInputs& inputs);

}  // namespace nepho::exercise
