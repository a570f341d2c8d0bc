// Four steps: sort the evidence out; let each rule's trials change what is thought of it; ask for
// each procedure and log source what was shown there; join sources, then procedures.
#include "coverage/prove.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "coverage/prior.h"

namespace nepho::coverage {
namespace {

using evidence::Kind;
using evidence::Procedure;
using Result = SiftedTrial::Result;

// "aws.cloudtrail.s3_data" is part of "aws.cloudtrail": who reads the whole reads the part.
bool is_part_of(std::string_view part, std::string_view whole) {
  return part == whole ||
         (part.size() > whole.size() && part.starts_with(whole) && part[whole.size()] == '.');
}

class Prover {
 public:
  explicit Prover(const CellInputs& inputs) : inputs_(inputs), plays_(sift(inputs)) {}

  Proof run() && {
    weigh_rules();
    list_evidence();
    for (const auto& [id, procedure] : procedures()) prove_procedure(id, procedure);
    proof_.unknown_way = way({}, nullptr);
    join();
    return std::move(proof_);
  }

 private:
  // A trial of a rule on a procedure that counts: the latest of its kind. Of the same moment a miss
  // stands, so that no order decides.
  struct Latest {
    const SiftedPlay* play = nullptr;
    const SiftedTrial* trial = nullptr;
  };
  using TrialKey = std::tuple<const RuleInCell*, std::string_view, Kind>;

  static bool is_later(const SiftedPlay& play, const SiftedTrial& trial, const Latest& than) {
    if (than.play == nullptr || play.evidence->time != than.play->evidence->time) return true;
    return trial.result == Result::kMiss;
  }

  // Plays come oldest first, so a later one takes the earlier one's place.
  void weigh_rules() {
    std::set<const RuleInCell*> matched;
    for (const SiftedPlay& play : plays_) {
      for (const SiftedTrial& trial : play.trials) {
        if (trial.rule == nullptr) continue;
        // A match is no matter of age: the condition holds on those events today as it did then.
        const bool is_whole = play.counts() || play.fate == Fate::kTooOld;
        if (is_whole && trial.result == Result::kPass) matched.insert(trial.rule);
        if (!play.counts()) continue;
        if (trial.result != Result::kPass && trial.result != Result::kMiss) continue;
        Latest& latest = latest_[{trial.rule, play.evidence->procedure, play.evidence->kind}];
        if (is_later(play, trial, latest)) latest = {&play, &trial};
      }
    }
    std::map<std::pair<double, double>, double> bounds;
    for (const RuleInCell& rule : inputs_.rules) {
      if (!rule.works) continue;
      RuleProof proof = prior_of(rule, matched.contains(&rule), inputs_);
      add_trials(rule, proof);
      // Untested rules of one status and level share a posterior; there are thousands of them.
      const auto [known, is_new] = bounds.try_emplace({proof.posterior.a, proof.posterior.b});
      if (is_new) known->second = lower_bound(proof.posterior, inputs_.model);
      proof.l90 = known->second;
      proved_.push_back(&rule);
      proof_.rules.push_back(proof);
    }
  }

  void add_trials(const RuleInCell& rule, RuleProof& proof) const {
    for (const auto& [key, latest] : latest_) {
      if (std::get<0>(key) != &rule) continue;
      const bool passed = latest.trial->result == Result::kPass;
      (passed ? proof.passed : proof.missed) += latest.play->weight;
    }
    proof.posterior.a += proof.passed;
    proof.posterior.b += proof.missed;
  }

  bool is_superseded(const SiftedPlay& play, const SiftedTrial* trial) const {
    const evidence::Evidence& evidence = *play.evidence;
    const auto* rule = trial == nullptr ? nullptr : trial->rule;
    const auto found = latest_.find({rule, evidence.procedure, evidence.kind});
    if (found != latest_.end()) return found->second.trial != trial;
    return last_of_kind_.at({evidence.procedure, evidence.kind}) != &play;
  }

  // Newest first, as a person reads it. What superseded plays said is of no use to anybody.
  void list_evidence() {
    for (const SiftedPlay& play : plays_) {
      if (play.counts()) last_of_kind_[{play.evidence->procedure, play.evidence->kind}] = &play;
      const bool passed = play.has(Result::kPass) || play.has(Result::kLost) ||
                          play.evidence->outcome == evidence::Outcome::kAlerted;
      proof_.was_alerted |= passed && play.fate != Fate::kNoTest && play.fate != Fate::kNoWeight;
    }
    for (auto play = plays_.rbegin(); play != plays_.rend(); ++play) {
      if (play->trials.empty()) list_use(*play, nullptr);
      for (const SiftedTrial& trial : play->trials) list_use(*play, &trial);
    }
  }

  void list_use(const SiftedPlay& play, const SiftedTrial* trial) {
    const evidence::Evidence& evidence = *play.evidence;
    if (play.counts() && is_superseded(play, trial)) {
      ++proof_.num_superseded;
      return;
    }
    EvidenceUse use{.procedure = evidence.procedure,
                    .kind = evidence.kind,
                    .outcome = evidence.outcome,
                    .time = evidence.time,
                    .age_days = play.age_days,
                    .fate = play.fate};
    if (evidence.kind == evidence::Kind::kTabletop) use.notes = evidence.reason;
    if (trial != nullptr) {
      use.rule = trial->trial->rule;
      use.alerted = trial->trial->alerted;
      use.late = trial->trial->late;
      use.also_benign = trial->trial->also_benign;
      if (play.counts()) use.fate = trial->fate;
    }
    if (use.fate == Fate::kCounts) {
      use.weight = play.weight;
      proof_.is_noisy |= use.also_benign && use.alerted;
      proof_.is_late |= use.late && use.alerted;
    }
    proof_.evidence.push_back(std::move(use));
  }

  // Those of the catalogue, and those that fresh evidence names; by id. Null: not in the catalogue.
  std::map<std::string_view, const Procedure*> procedures() const {
    std::map<std::string_view, const Procedure*> all;
    for (const SiftedPlay& play : plays_) {
      if (play.counts()) all.emplace(play.evidence->procedure, nullptr);
    }
    for (const Procedure* procedure : inputs_.procedures) all[procedure->id] = procedure;
    return all;
  }

  // Numbers of one procedure; one that only worn evidence names is left out.
  void prove_procedure(std::string_view id, const Procedure* procedure) {
    ProcedureProof proof = way(id, procedure);
    proof.id = id;
    if (procedure != nullptr) {
      proof.name = procedure->name;
      proof.is_observable = procedure->observable != evidence::Observable::kNo;
      add_observable(procedure->observable, proof_.observable);
    } else if (proof.shown == Shown::kUntested) {
      return;
    }
    // No log shows it: whatever was thought of rules, only an alert that was seen counts.
    if (!proof.is_observable && proof.shown != Shown::kAlerted) proof.mean = proof.l90 = 0;
    proof.is_real = proof.shown == Shown::kAlerted && was_real(id);
    note_elsewhere(id, proof);
    proof_.procedures.push_back(std::move(proof));
  }

  // The last play of a real kind must have passed; a later synthetic one does not take that away.
  bool was_real(std::string_view id) const {
    return std::ranges::any_of(std::array{Kind::kReplay, Kind::kLive}, [&](Kind kind) {
      const auto last = last_of_kind_.find({id, kind});
      return last != last_of_kind_.end() && last->second->has(Result::kPass);
    });
  }

  void note_elsewhere(std::string_view id, const ProcedureProof& proof) {
    if (proof.shown != Shown::kSilent) return;
    for (const auto& [key, play] : last_of_kind_) {
      proof_.is_elsewhere |=
          key.first == id && std::ranges::any_of(play->trials, [](const SiftedTrial& trial) {
            return trial.result == Result::kElsewhere && trial.trial->alerted;
          });
    }
  }

  double share_of(std::string_view source) const {
    // A detector whose logs are not known sees what it sees.
    if (source.empty()) return 1;
    const auto found = inputs_.log_sources.find(source);
    return found != inputs_.log_sources.end() && found->second.arrives() ? found->second.share : 0;
  }

  // The widest of `sources` that the rule reads; the first of equals.
  std::optional<std::string_view> widest(const inventory::Detection& detection,
                                         const std::vector<std::string>& sources) const {
    std::optional<std::string_view> best;
    for (const std::string& source : sources) {
      const bool reads = detection.log_sources.empty() ||
                         std::ranges::any_of(detection.log_sources, [&](const std::string& id) {
                           return is_part_of(source, id);
                         });
      if (reads && (!best || share_of(source) > share_of(*best))) best = source;
    }
    return best;
  }

  // Each rule counts on one log source of a procedure, since it is not independent of itself:
  // nothing where it reads none of those that show the procedure.
  std::optional<std::string_view> source_of(const RuleInCell& rule,
                                            const Procedure* procedure) const {
    const inventory::Detection& detection = *rule.detection;
    if (procedure != nullptr && !procedure->log_sources.empty()) {
      return widest(detection, procedure->log_sources);
    }
    if (detection.log_sources.empty()) return "";
    return widest(detection, detection.log_sources);
  }

  // Where an alert came from counts, wherever the catalogue would have looked for it.
  std::string_view source_of(const SiftedTrial& trial, const Procedure* procedure) const {
    if (trial.rule == nullptr) return "";
    if (const auto source = source_of(*trial.rule, procedure)) return *source;
    return source_of(*trial.rule, nullptr).value_or("");
  }

  // What one play says about one source; nothing where it does not hold any more, or never did.
  std::optional<Shown> said_by(const SiftedPlay& play, std::string_view source,
                               const Procedure* procedure) const {
    bool has_miss = false;
    for (const SiftedTrial& trial : play.trials) {
      if (trial.result == Result::kElsewhere || source_of(trial, procedure) != source) continue;
      if (trial.result == Result::kPass) return Shown::kAlerted;
      has_miss |= trial.result == Result::kMiss;
    }
    const bool is_lost_here = std::ranges::any_of(play.trials, [&](const SiftedTrial& trial) {
      return trial.result == Result::kLost && source_of(trial, procedure) == source;
    });
    if (is_lost_here) return std::nullopt;
    if (has_miss) return Shown::kSilent;
    // No rule of this source was tried. Where nothing alerted at all, it was silent too.
    if (play.is_worn() || play.has(Result::kPass)) return std::nullopt;
    return Shown::kSilent;
  }

  // The latest play that says something; of the same moment silence stands.
  Shown shown_at(std::string_view id, std::string_view source, const Procedure* procedure) const {
    Shown shown = Shown::kUntested;
    const SiftedPlay* latest = nullptr;
    for (const SiftedPlay& play : plays_) {
      if (!play.counts() || play.evidence->procedure != id) continue;
      const auto said = said_by(play, source, procedure);
      if (!said) continue;
      const bool is_tie = latest != nullptr && latest->evidence->time == play.evidence->time;
      if (is_tie && *said == Shown::kAlerted) continue;
      shown = *said;
      latest = &play;
    }
    return shown;
  }

  // The sources to ask: those that show the procedure, and those that rules or alerts add.
  std::set<std::string_view> sources_of(std::string_view id, const Procedure* procedure) const {
    std::set<std::string_view> sources;
    if (procedure != nullptr) {
      sources.insert(procedure->log_sources.begin(), procedure->log_sources.end());
    }
    for (const RuleInCell* rule : proved_) {
      if (const auto source = source_of(*rule, procedure)) sources.insert(*source);
    }
    for (const SiftedPlay& play : plays_) {
      if (!play.counts() || play.evidence->procedure != id) continue;
      for (const SiftedTrial& trial : play.trials) {
        const bool is_ours = trial.rule != nullptr || trial.result == Result::kPass;
        if (is_ours) sources.insert(source_of(trial, procedure));
      }
    }
    // Nothing else to ask: a play in which no rule was tried is silent all the same.
    if (sources.empty()) sources.insert("");
    return sources;
  }

  SourceProof at_source(std::string_view id, std::string_view source,
                        const Procedure* procedure) const {
    SourceProof proof{.log_source = std::string(source), .share = share_of(source)};
    proof.shown = id.empty() ? Shown::kUntested : shown_at(id, source, procedure);
    for (std::size_t i = 0; i < proved_.size(); ++i) {
      if (source_of(*proved_[i], procedure) != source) continue;
      const RuleProof& rule = proof_.rules[i];
      if (!proof.rule || rule.mean() > proof.mean) {
        proof.rule = i;
        proof.mean = rule.mean();
      }
      proof.l90 = std::max(proof.l90, rule.l90);
    }
    if (proof.shown != Shown::kUntested) {
      proof.mean = proof.l90 = proof.shown == Shown::kAlerted ? 1 : 0;
    }
    // The best by mean is not always the best by its lower bound.
    proof.l90 = std::min(proof.l90, proof.mean);
    return proof;
  }

  // One way of carrying out the technique; of an empty id the one that nobody knows.
  ProcedureProof way(std::string_view id, const Procedure* procedure) const {
    ProcedureProof proof;
    double missed = 1;
    double missed_l90 = 1;
    for (const std::string_view source : sources_of(id, procedure)) {
      SourceProof at = at_source(id, source, procedure);
      missed *= 1 - at.share * at.mean;
      missed_l90 *= 1 - at.share * at.l90;
      if (at.shown == Shown::kAlerted) proof.shown = Shown::kAlerted;
      if (at.shown == Shown::kSilent && proof.shown == Shown::kUntested) {
        proof.shown = Shown::kSilent;
      }
      proof.sources.push_back(std::move(at));
    }
    proof.mean = 1 - missed;
    proof.l90 = 1 - missed_l90;
    return proof;
  }

  // A cell of which no way is known is as good as the way that nobody knows.
  void join() {
    double sum = 0;
    double sum_l90 = 0;
    for (const ProcedureProof& procedure : proof_.procedures) {
      sum += procedure.mean;
      sum_l90 += procedure.l90;
      proof_.tested += procedure.shown == Shown::kUntested ? 0 : 1;
      proof_.alerted += procedure.shown == Shown::kAlerted ? 1 : 0;
      proof_.is_real |= procedure.is_real;
    }
    proof_.num_procedures = proof_.procedures.size();
    const auto n = static_cast<double>(proof_.num_procedures);
    proof_.mean_next = (sum + proof_.unknown_way.mean) / (n + 1);
    proof_.mean = n == 0 ? proof_.unknown_way.mean : sum / n;
    proof_.l90 = n == 0 ? proof_.unknown_way.l90 : sum_l90 / n;
  }

  const CellInputs& inputs_;
  const std::vector<SiftedPlay> plays_;
  std::map<TrialKey, Latest> latest_;
  std::map<std::pair<std::string_view, Kind>, const SiftedPlay*> last_of_kind_;
  std::vector<const RuleInCell*> proved_;  // beside proof_.rules
  Proof proof_;
};

}  // namespace

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::kCounts: return "counts";
    case Fate::kSuperseded: return "superseded";
    case Fate::kTooOld: return "too-old";
    case Fate::kRuleChanged: return "rule-changed";
    case Fate::kRuleOff: return "rule-off";
    case Fate::kSchemaChanged: return "schema-changed";
    case Fate::kMappingChanged: return "mapping-changed";
    case Fate::kMappedElsewhere: return "mapped-elsewhere";
    case Fate::kNoTest: return "no-test";
    case Fate::kNoWeight: return "no-weight";
  }
  return "counts";
}

void add_observable(evidence::Observable one, std::optional<evidence::Observable>& all) {
  if (!all) {
    all = one;
  } else if (*all != one) {
    all = evidence::Observable::kPartly;
  }
}

Proof prove(const CellInputs& inputs) { return Prover(inputs).run(); }

}  // namespace nepho::coverage
