#include "report/validation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

#include "base/counted.h"
#include "evidence/words.h"
#include "text/escape.h"

namespace nepho::report {
namespace {

using evidence::Verdict;
using exercise::Judgement;

struct ConcernText {
  std::string_view mark;  // colour is never the only sign
  std::string_view title;
  std::string_view word;  // of the headline
  Tone tone;
};
constexpr std::array<ConcernText, kNumConcerns> kTexts{{
    {"!", "ERROR: could not be judged", "in error", Tone::kBad},
    {"x", "NO TELEMETRY: the log that would show it does not arrive", "without telemetry",
     Tone::kBad},
    {"x", "NO ALERT: rules are mapped, none fired", "silent", Tone::kBad},
    {"x", "NO ALERT: none came; whether a rule is mapped is not known", "silent", Tone::kBad},
    {"x", "LATE: a mapped rule fired, past the agreed time", "late", Tone::kBad},
    {"x", "ALERTED ELSEWHERE: only rules mapped to other techniques fired", "alerted elsewhere",
     Tone::kBad},
    {"~", "ALSO BENIGN: the rule fires on the look-alike too", "noisy", Tone::kMiddling},
    {"o", "GAP: no rule is mapped", "without a rule", Tone::kMiddling},
    {"-", "NOT PLAYED: it did not take place, or its outcome is not known", "not played",
     Tone::kMiddling},
    {"+", "ALERTED by a rule mapped to the technique", "alerted", Tone::kGood},
}};

const ConcernText& text_of(Concern concern) { return kTexts[static_cast<std::size_t>(concern)]; }

// What a reader wants beside the procedure: the rule of a success, with what it rests on where
// that is less than sure; the reason of all else.
std::string what_of(const Judgement& judgement) {
  const std::string& reason = judgement.evidence.reason;
  if (concern_of(judgement) != Concern::kProven || judgement.alerted.empty()) return reason;
  std::string out = judgement.alerted.front();
  if (const std::size_t more = judgement.alerted.size() - 1; more != 0) {
    out += fmt::format(" and {} more", more);
  }
  if (!reason.empty() && reason != out) out += fmt::format(" ({})", reason);
  return out;
}

std::vector<const Judgement*> worst_first(std::span<const Judgement> judgements) {
  std::vector<const Judgement*> sorted;
  for (const Judgement& judgement : judgements) sorted.push_back(&judgement);
  std::ranges::stable_sort(sorted, {}, [](const Judgement* one) {
    return std::tuple(concern_of(*one), one->evidence.technique, one->evidence.procedure);
  });
  return sorted;
}

// What is neither a success nor a failure: a gap that nobody asked for, what was not played.
bool is_skipped(const Judgement& judgement, bool is_asked_for) {
  const Concern concern = concern_of(judgement);
  return concern == Concern::kNotPlayed || (concern == Concern::kGap && !is_asked_for);
}

void append_case(const Judgement& judgement, bool is_asked_for, std::string& out) {
  const auto& evidence = judgement.evidence;
  out += fmt::format("  <testcase classname=\"{}\" name=\"{}\" time=\"0\"",
                     text::html_attribute(evidence.technique),
                     text::html_attribute(evidence.procedure));
  const bool passes_over = is_skipped(judgement, is_asked_for);
  if (!is_failure(judgement, is_asked_for) && !passes_over) {
    out += "/>\n";
    return;
  }
  const std::string_view element = passes_over                           ? "skipped"
                                   : evidence.verdict == Verdict::kError ? "error"
                                                                         : "failure";
  out += fmt::format(">\n    <{} type=\"{}\" message=\"{}\"/>\n  </testcase>\n", element,
                     evidence::to_string(evidence.verdict), text::html_attribute(evidence.reason));
}

using Sorted = std::vector<const Judgement*>;

// Behind the judgements of the same technique and reason.
Sorted::const_iterator end_of_technique(Sorted::const_iterator at, Sorted::const_iterator end) {
  const evidence::Evidence& first = (*at)->evidence;
  return std::find_if(at, end, [&](const Judgement* other) {
    return other->evidence.technique != first.technique || other->evidence.reason != first.reason;
  });
}

// Whether all that was judged are labelled lines of logs, which have names and are no procedures.
bool of_logs(const std::set<std::string_view>& kinds) {
  return kinds == std::set{evidence::to_string(evidence::Kind::kReplay)};
}

std::string and_more(const std::string& first, std::ptrdiff_t number) {
  return number == 1 ? first : fmt::format("{} and {} more", first, number - 1);
}

}  // namespace

Concern concern_of(const Judgement& judgement) {
  switch (judgement.evidence.verdict) {
    case Verdict::kError: return Concern::kError;
    case Verdict::kNotPlayed: return Concern::kNotPlayed;
    case Verdict::kAlerted: return Concern::kProven;
    case Verdict::kAlsoBenign: return Concern::kNoisy;
    case Verdict::kNoTelemetry: return judgement.is_claimed ? Concern::kNoTelemetry : Concern::kGap;
    case Verdict::kAlertedOther: return judgement.is_claimed ? Concern::kElsewhere : Concern::kGap;
    case Verdict::kLate: return Concern::kLate;
    case Verdict::kNoAlert: break;
  }
  if (!judgement.is_claimed) return Concern::kGap;
  return judgement.is_claim_known ? Concern::kSilent : Concern::kUnseen;
}

bool is_failure(const Judgement& judgement, bool is_asked_for) {
  const Concern concern = concern_of(judgement);
  if (concern == Concern::kGap) return is_asked_for;
  return concern != Concern::kProven && concern != Concern::kNotPlayed;
}

ValidationCounts count(std::span<const Judgement> judgements) {
  ValidationCounts counts;
  counts.total = judgements.size();
  for (const Judgement& judgement : judgements) {
    ++counts.by_concern[static_cast<std::size_t>(concern_of(judgement))];
  }
  return counts;
}

std::string headline(std::span<const Judgement> judgements) {
  const ValidationCounts counts = count(judgements);
  std::set<std::string_view> kinds;
  for (const Judgement& judgement : judgements) {
    kinds.insert(evidence::to_string(judgement.evidence.kind));
  }
  std::vector<std::string> others;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Concern::kProven); ++i) {
    if (counts.by_concern[i] == 0) continue;
    others.push_back(fmt::format("{} {}", counts.by_concern[i], kTexts[i].word));
  }
  const bool is_one = counts.total == 1;
  const std::string what = counted(counts.total, of_logs(kinds) ? "case" : "procedure");
  std::string line =
      fmt::format("{} of {} {} an alert of a rule mapped to {} ({} evidence)",
                  counts.by_concern[static_cast<std::size_t>(Concern::kProven)], what,
                  is_one ? "raises" : "raise", is_one ? "it" : "them", fmt::join(kinds, " and "));
  if (!others.empty()) line += fmt::format(": {}", fmt::join(others, ", "));
  return line;
}

Table validation_table(std::span<const Judgement> judgements) {
  Table table({{"", Align::kLeft, false},
               {"TECHNIQUE", Align::kLeft, false},
               {"PROCEDURE"},
               {"RULE, OR WHY NOT"}});
  const auto sorted = worst_first(judgements);
  const ValidationCounts counts = count(judgements);
  std::optional<Concern> before;
  for (auto at = sorted.begin(); at != sorted.end();) {
    const Judgement& judgement = **at;
    const Concern concern = concern_of(judgement);
    const ConcernText& text = text_of(concern);
    if (before != concern) {
      if (before) table.add_row({});
      const std::size_t number = counts.by_concern[static_cast<std::size_t>(concern)];
      table.add_row({{}, {}, {fmt::format("{} ({})", text.title, number), text.tone}, {}});
      before = concern;
    }
    // Where there is no rule at all, one line says so for all ways to carry the technique out.
    const auto end = concern == Concern::kGap ? end_of_technique(at, sorted.end()) : at + 1;
    table.add_row({{text.mark, text.tone},
                   judgement.evidence.technique,
                   and_more(judgement.evidence.procedure, end - at),
                   what_of(judgement)});
    at = end;
  }
  return table;
}

Table validation_rows(std::span<const Judgement> judgements) {
  Table table(
      {{"verdict"}, {"technique"}, {"procedure"}, {"provider"}, {"kind"}, {"rules"}, {"reason"}});
  for (const Judgement* judgement : worst_first(judgements)) {
    const auto& evidence = judgement->evidence;
    std::vector<std::string> rules;
    for (const evidence::Trial& trial : evidence.trials) {
      if (trial.alerted) rules.push_back(trial.rule);
    }
    table.add_row({evidence::to_string(evidence.verdict), evidence.technique, evidence.procedure,
                   evidence.provider, evidence::to_string(evidence.kind),
                   fmt::format("{}", fmt::join(rules, " ")), evidence.reason});
  }
  return table;
}

std::string validation_junit(std::span<const Judgement> judgements, bool is_asked_for) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  std::string cases;
  for (const Judgement* judgement : worst_first(judgements)) {
    append_case(*judgement, is_asked_for, cases);
    const bool is_error = concern_of(*judgement) == Concern::kError;
    errors += is_error ? 1 : 0;
    failures += !is_error && is_failure(*judgement, is_asked_for) ? 1 : 0;
    skipped += is_skipped(*judgement, is_asked_for) ? 1 : 0;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuite name=\"nepho validate\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
      "skipped=\"{}\">\n{}</testsuite>\n",
      judgements.size(), failures, errors, skipped, cases);
}

}  // namespace nepho::report
