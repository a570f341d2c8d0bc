#include "exercise/alert_judge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/printable.h"
#include "base/sha256.h"
#include "exercise/rule_book.h"

namespace nepho::exercise {
namespace {

using evidence::Evidence;
using evidence::Kind;
using evidence::Outcome;
using evidence::Verdict;

constexpr std::size_t kMostNamed = 3;
constexpr std::string_view kUnnamedRule = "a rule that was not named";

// What the alerts of one rule came to in one play.
struct OfRule {
  const AlertRule* rule = nullptr;
  std::optional<Instant> first;
  std::optional<Instant> activity;  // what the first alert says of its begin
  Basis basis = Basis::kTechnique;  // the best
};
using ByRule = std::map<std::string, OfRule>;

class AlertJudge {
 public:
  explicit AlertJudge(const AlertTrial& trial) : trial_(trial) {
    for (std::size_t i = 0; i < trial.plays.size(); ++i) {
      if (!trial.plays[i].is_lookalike) continue;
      for (const auto& [id, of_rule] : by_rule(i)) noise_[trial.plays[i].name].insert(id);
    }
  }

  std::vector<Judgement> run() {
    std::vector<Judgement> all;
    for (std::size_t i = 0; i < trial_.plays.size(); ++i) {
      if (!trial_.plays[i].is_lookalike) all.push_back(judge(i));
    }
    return all;
  }

 private:
  ByRule by_rule(std::size_t play) const {
    ByRule rules;
    for (const Join& join : trial_.matches.joins[play]) {
      const AlertRule& rule = trial_.rules[join.alert];
      if (rule.is_informational) continue;
      OfRule& of_rule = rules[rule.id];
      of_rule.rule = &rule;
      of_rule.basis = std::max(of_rule.basis, join.basis);
      const auto time = trial_.alerts[join.alert].time;
      if (!time || (of_rule.first && *of_rule.first <= *time)) continue;
      of_rule.first = time;
      of_rule.activity = trial_.alerts[join.alert].seen_from;
    }
    return rules;
  }

  // The technique of the play that the rule counts for; nullptr when for none.
  static const std::string* technique_for(const WatchedPlay& play, const AlertRule& rule) {
    const auto found = std::ranges::find_if(play.techniques, [&](const std::string& technique) {
      return counts_for(rule.techniques, technique);
    });
    return found == play.techniques.end() ? nullptr : &*found;
  }

  bool is_claimed(const WatchedPlay& play) const {
    const auto& known = trial_.known_techniques;
    return known.empty() || std::ranges::any_of(known, [&](const auto& named) {
             return std::ranges::any_of(play.techniques, [&](const std::string& technique) {
               return counts_for(named, technique);
             });
           });
  }

  bool is_noisy(const WatchedPlay& play, const std::string& rule) const {
    const std::string prefix = play.name + ": ";
    for (auto at = noise_.lower_bound(prefix); at != noise_.end() && at->first.starts_with(prefix);
         ++at) {
      if (at->second.contains(rule)) return true;
    }
    return false;
  }

  Judgement judge(std::size_t index) const {
    const WatchedPlay& play = trial_.plays[index];
    Judgement judgement{.evidence = {},
                        .name = play.name,
                        .is_claimed = is_claimed(play),
                        .is_claim_known = !trial_.known_techniques.empty()};
    Evidence& evidence = judgement.evidence;
    evidence.procedure = play.procedure;
    evidence.technique = play.techniques.empty() ? "" : play.techniques.front();
    evidence.provider = play.provider;
    evidence.kind = play.kind;
    evidence.events = play.num_events;
    evidence.digest = play.digest;
    if (play.kind == Kind::kLive) set_live(index, evidence);
    if (!play.fault.empty()) {
      end(evidence, Outcome::kError, Verdict::kError, play.fault);
    } else if (const ByRule rules = by_rule(index); !rules.empty()) {
      settle_alerts(play, rules, judgement);
    } else if (play.statement) {
      settle_statement(play, *play.statement, judgement);
    } else if (!play.took_place) {
      end(evidence, Outcome::kError, Verdict::kNotPlayed, "nobody says that it took place");
    } else {
      settle_silence(play, evidence);
    }
    add_ambiguous(index, evidence);
    std::ranges::sort(evidence.trials, {}, &evidence::Trial::rule);
    return judgement;
  }

  // A real attack has a time of its own, and leaves alerts where others leave events. Whoever looks
  // again while its alerts may still come knows better than before: what was found last counts.
  void set_live(std::size_t index, Evidence& evidence) const {
    evidence.time = trial_.plays[index].begin + kAlertWindow;
    std::string all;
    for (const Join& join : trial_.matches.joins[index]) {
      const alert::Alert& alert = trial_.alerts[join.alert];
      all += fmt::format("{}\t{}\t{}\t{}\t{}\n", alert.product, alert.id, alert.rule, alert.title,
                         alert.time.value_or(Instant{}).time_since_epoch().count());
    }
    if (!all.empty()) evidence.digest = "sha256:" + sha256_hex(all);
  }

  static void end(Evidence& evidence, Outcome outcome, Verdict verdict, std::string reason) {
    evidence.outcome = outcome;
    evidence.verdict = verdict;
    evidence.reason = std::move(reason);
  }

  static void settle_silence(const WatchedPlay& play, Evidence& evidence) {
    if (!play.unseen.empty()) {
      end(evidence, Outcome::kNone, Verdict::kNoTelemetry, play.unseen);
    } else {
      end(evidence, Outcome::kLogged, Verdict::kNoAlert, "none of the alerts belongs to it");
    }
  }

  void settle_alerts(const WatchedPlay& play, const ByRule& rules, Judgement& judgement) const {
    Evidence& evidence = judgement.evidence;
    std::vector<std::string> others;
    std::size_t num_counting = 0;
    std::size_t num_late = 0;
    bool is_noisy_here = false;
    Basis basis = Basis::kTechnique;
    for (const auto& [id, of_rule] : rules) {
      const std::string* technique = technique_for(play, *of_rule.rule);
      evidence::Trial one{.rule = id, .hash = of_rule.rule->hash, .alerted = true};
      if (technique == nullptr) {
        others.push_back(of_rule.rule->title);
      } else {
        if (num_counting++ == 0) evidence.technique = *technique;
        one.late = add_latency(play, of_rule, evidence);
        one.also_benign = is_noisy(play, id);
        num_late += one.late ? 1 : 0;
        is_noisy_here = is_noisy_here || one.also_benign;
        basis = std::max(basis, of_rule.basis);
        judgement.alerted.push_back(of_rule.rule->title);
      }
      evidence.trials.push_back(std::move(one));
    }
    if (num_counting == 0) {
      end(evidence, Outcome::kLogged, Verdict::kAlertedOther, other_reason(rules));
    } else if (num_late == num_counting) {
      end(evidence, Outcome::kAlerted, Verdict::kLate, late_reason(evidence));
    } else if (is_noisy_here) {
      end(evidence, Outcome::kAlerted, Verdict::kAlsoBenign,
          "the rule alerts on a look-alike of this case too");
    } else {
      end(evidence, Outcome::kAlerted, Verdict::kAlerted,
          basis >= Basis::kWho ? "" : fmt::format("joined by {}", to_string(basis)));
    }
    std::ranges::move(others, std::back_inserter(judgement.alerted));
  }

  // Whether the alert is late.
  bool add_latency(const WatchedPlay& play, const OfRule& of_rule, Evidence& evidence) const {
    if (play.kind == Kind::kSynthetic || !of_rule.first) return false;
    const bool was_fed = trial_.since && play.kind != Kind::kLive && play.end < *trial_.since;
    if (!play.is_begin_known && !of_rule.activity) return false;
    const Instant begin = was_fed               ? *trial_.since
                          : play.is_begin_known ? play.begin
                                                : *of_rule.activity;
    // Of clocks that differ, an alert may seem to come before its attack.
    const auto latency =
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*of_rule.first - begin),
                 std::chrono::milliseconds(0));
    if (!evidence.latency || latency < *evidence.latency) evidence.latency = latency;
    return trial_.alert_within && latency > *trial_.alert_within;
  }

  std::string late_reason(const Evidence& evidence) const {
    return fmt::format("the first alert came {} s after the attack began, agreed are {} s",
                       std::chrono::duration_cast<std::chrono::seconds>(*evidence.latency).count(),
                       trial_.alert_within->count());
  }

  static std::string other_reason(const ByRule& rules) {
    const AlertRule& rule = *rules.begin()->second.rule;
    if (rule.techniques.empty()) {
      return fmt::format("'{}' is mapped to no technique", escape_for_log(rule.title));
    }
    return fmt::format("'{}' is mapped to {}", escape_for_log(rule.title),
                       fmt::join(rule.techniques, ", "));
  }

  void settle_statement(const WatchedPlay& play, const Statement& said,
                        Judgement& judgement) const {
    Evidence& evidence = judgement.evidence;
    const std::string note = said.note.empty() ? "" : ": " + escape_for_log(said.note);
    switch (said.word) {
      case Word::kAlerted: return settle_stated_alert(play, said, judgement);
      case Word::kNoAlert:
        if (!play.unseen.empty()) return settle_silence(play, evidence);
        return end(evidence, Outcome::kLogged, Verdict::kNoAlert,
                   "no alert; whether the log has it was not looked at" + note);
      case Word::kLogged:
        return end(evidence, Outcome::kLogged, Verdict::kNoAlert, "logged, and no alert" + note);
      case Word::kNoTelemetry:
        return end(evidence, Outcome::kNone, Verdict::kNoTelemetry,
                   "the log does not have it" + note);
      case Word::kBlocked:
        return end(evidence, Outcome::kBlocked, Verdict::kNotPlayed,
                   "prevented before it could show" + note);
      case Word::kError:
        return end(evidence, Outcome::kError, Verdict::kError, "the attack went wrong" + note);
      case Word::kPlayed:
        return end(evidence, Outcome::kError, Verdict::kNotPlayed,
                   "it was carried out; what alerted is still to be said" + note);
      case Word::kNotPlayed:
        return end(evidence, Outcome::kError, Verdict::kNotPlayed, "it was not carried out" + note);
    }
  }

  void settle_stated_alert(const WatchedPlay& play, const Statement& said,
                           Judgement& judgement) const {
    Evidence& evidence = judgement.evidence;
    // Without a trial an alert would count as a miss: one whose rule nobody names has it too.
    evidence::Trial one{
        .rule = said.rule.empty() ? std::string(kUnnamedRule) : escape_for_log(said.rule),
        .alerted = true};
    if (said.time) {
      const AlertRule rule{.id = one.rule, .title = one.rule};
      one.late = add_latency(play, {.rule = &rule, .first = said.time}, evidence);
    }
    const bool is_late = one.late;
    judgement.alerted.push_back(one.rule);
    evidence.trials.push_back(std::move(one));
    end(evidence, Outcome::kAlerted, is_late ? Verdict::kLate : Verdict::kAlerted,
        is_late ? late_reason(evidence) : "as a person says");
  }

  // An alert that fits this play and others as well.
  void add_ambiguous(std::size_t index, Evidence& evidence) const {
    std::set<std::string> others;
    std::size_t count = 0;
    for (const Ambiguous& one : trial_.matches.ambiguous) {
      if (std::ranges::find(one.plays, index) == one.plays.end()) continue;
      ++count;
      for (const std::size_t other : one.plays) {
        if (other != index && others.size() < kMostNamed) {
          others.insert(escape_for_log(trial_.plays[other].name));
        }
      }
    }
    if (count == 0 || evidence.outcome == Outcome::kAlerted) return;
    evidence.reason +=
        fmt::format("; {} {} this and {} equally, and count for none", count,
                    count == 1 ? "alert fits" : "alerts fit", fmt::join(others, ", "));
  }

  const AlertTrial& trial_;
  std::map<std::string, std::set<std::string>> noise_;  // rules, by the look-alike's name
};

}  // namespace

std::vector<Judgement> judge_by_alerts(const AlertTrial& trial) { return AlertJudge(trial).run(); }

}  // namespace nepho::exercise
