// What validation came to, as a SOC lead reads it: grouped by what is to be done, the worst first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/judge.h"
#include "report/table.h"

namespace nepho::report {

// What is to be done about a judgement.
enum class Concern : std::uint8_t {
  kError,        // it could not be judged
  kNoTelemetry,  // rules are mapped, and the log that would show it does not arrive
  kSilent,       // rules are mapped, and none fired
  kUnseen,       // nothing fired, and whether a rule is mapped nobody knows
  kLate,         // a mapped rule fired, past the agreed time
  kElsewhere,    // only rules mapped to other techniques fired
  kNoisy,        // a rule fired, on the benign look-alike too
  kGap,          // no rule is mapped at all
  kNotPlayed,    // it did not take place, was prevented, or its outcome is still to come
  kProven,       // a rule mapped to it fired
};
inline constexpr std::size_t kNumConcerns = 10;

Concern concern_of(const exercise::Judgement& judgement);
// Whether it makes a check fail: something that should fire did not, or fires on what is benign. A
// gap fails only when `is_asked_for`: whoever names a procedure expects an answer. What was not
// played fails nothing.
bool is_failure(const exercise::Judgement& judgement, bool is_asked_for);

struct ValidationCounts {
  std::size_t by_concern[kNumConcerns] = {};
  std::size_t total = 0;
};
ValidationCounts count(std::span<const exercise::Judgement> judgements);

// "7 of 10 procedures raise an alert of a rule mapped to them (synthetic evidence): 2 silent, 1
// without a rule"; of labelled logs, "7 of 10 cases". The kinds are those of the evidence: they are
// never mixed without saying so.
std::string headline(std::span<const exercise::Judgement> judgements);

// Groups under titles that say what they mean, each procedure with its technique and its reason.
Table validation_table(std::span<const exercise::Judgement> judgements);
// One row a procedure without groups, for programs that read CSV.
Table validation_rows(std::span<const exercise::Judgement> judgements);
// JUnit XML as CI servers read it (the schema of Jenkins' xunit plugin): a test case a procedure.
std::string validation_junit(std::span<const exercise::Judgement> judgements, bool is_asked_for);

}  // namespace nepho::report
