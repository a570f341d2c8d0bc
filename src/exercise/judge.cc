#include "exercise/judge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "base/sha256.h"
#include "exercise/errors.h"
#include "exercise/played.h"
#include "exercise/silence.h"
#include "text/json_index.h"

namespace nepho::exercise {
namespace {

using evidence::Outcome;
using evidence::Verdict;

std::string digest_of(const std::vector<Record>& records) {
  std::string all;
  for (const Record& record : records) all += record.text + "\n";
  return "sha256:" + sha256_hex(all);
}

// Whether a record of `expected` ("aws.cloudtrail.s3_data") was read as what it is part of, or as
// a part of it ("gcp.audit" as kubernetes.gke).
bool is_read_right(std::string_view expected, const Reading& reading) {
  return is_of_log_source(expected, reading.log_source) || expected == reading.part_of;
}

std::string read_as(const Record& record, const Reading& reading) {
  return fmt::format("a record of {} is read as {}: see its file under logsources/",
                     record.log_source, reading.log_source);
}

}  // namespace

// One procedure on trial.
class Judge::Trial {
 public:
  Trial(Judge& judge, const Procedure& procedure, const Stage& stage)
      : judge_(judge), procedure_(procedure), stage_(stage) {
    auto& evidence = judgement_.evidence;
    evidence.procedure = procedure.facts.id;
    evidence.technique = procedure.facts.technique;
    evidence.provider = procedure.facts.provider;
    judgement_.name = procedure.facts.name;
    const auto counts = [&](const auto& rule) { return counts_here(rule.techniques); };
    judgement_.is_claimed =
        std::ranges::any_of(rules().claims, counts) || std::ranges::any_of(rules().gated, counts);
  }

  Judgement run() {
    auto records = play(procedure_.attack, stage_, procedure_.facts.id);
    if (!records) return error(to_string(records.error()));
    records_ = *std::move(records);
    judgement_.evidence.events = records_.size();
    judgement_.evidence.digest = digest_of(records_);
    for (const Record& record : records_) {
      if (!record.is_setup && judge_.is_received_(record.log_source)) steps_.push_back(&record);
    }
    if (steps_.empty()) return no_telemetry();
    if (std::string fault = read_steps(); !fault.empty()) return error(std::move(fault));
    if (std::string fault = read_lookalikes(); !fault.empty()) return error(std::move(fault));
    settle();
    return std::move(judgement_);
  }

 private:
  const RuleBook& rules() const { return judge_.rules_; }
  bool counts_here(const std::vector<std::string>& techniques) const {
    return counts_for(techniques, procedure_.facts.technique);
  }

  Judgement error(std::string reason) {
    return end(Outcome::kError, Verdict::kError, std::move(reason));
  }
  Judgement end(Outcome outcome, Verdict verdict, std::string reason) {
    judgement_.evidence.outcome = outcome;
    judgement_.evidence.verdict = verdict;
    judgement_.evidence.reason = std::move(reason);
    return std::move(judgement_);
  }

  Judgement no_telemetry() {
    if (procedure_.facts.observable == evidence::Observable::kNo) {
      return end(Outcome::kNone, Verdict::kNoTelemetry, "no log of the provider can show it");
    }
    return end(Outcome::kNone, Verdict::kNoTelemetry,
               fmt::format("{} is not received", fmt::join(procedure_.facts.log_sources, ", ")));
  }

  // Runs the rules on what arrives; says what is wrong when a record is not read as what it is: no
  // rule would see it then, and silence would be no news.
  std::string read_steps() {
    judge_.begin();
    for (const Record* step : steps_) {
      const Reading reading = judge_.read(step->text);
      if (!is_read_right(step->log_source, reading)) {
        return read_as(*step, reading);
      }
      for (const std::uint32_t rule : reading.rules) {
        if (fired_.insert(rule).second && counts_here(rules().claims[rule].techniques) &&
            !first_alert_) {
          first_alert_ = step->time;
        }
      }
    }
    return {};
  }

  std::string read_lookalikes() {
    for (std::size_t i = 0; i < procedure_.lookalikes.size(); ++i) {
      const Scenario& scenario = procedure_.lookalikes[i];
      const auto label = fmt::format("{}/lookalike/{}", procedure_.facts.id, i);
      const auto records = play(scenario, stage_, label);
      if (!records) return to_string(records.error());
      judge_.begin();
      for (const Record& record : *records) {
        if (record.is_setup || !judge_.is_received_(record.log_source)) continue;
        for (const std::uint32_t rule : judge_.read(record.text).rules) {
          if (!counts_here(rules().claims[rule].techniques)) continue;
          if (also_benign_.insert(rule).second && benign_name_.empty()) {
            benign_name_ = scenario.name;
          }
        }
      }
    }
    return {};
  }

  // The verdict from what fired where. The reason explains silence even where a rule that is mapped
  // elsewhere broke it.
  void settle() {
    std::vector<std::uint32_t> counting;
    std::vector<std::uint32_t> others;
    for (const std::uint32_t rule : fired_) {
      (counts_here(rules().claims[rule].techniques) ? counting : others).push_back(rule);
    }
    for (const auto* list : {&counting, &others}) {
      for (const std::uint32_t rule : *list)
        judgement_.alerted.push_back(rules().claims[rule].title);
    }
    Silence silence;
    if (counting.empty()) silence = explain();
    add_trials(silence);
    auto& evidence = judgement_.evidence;
    evidence.outcome = counting.empty() ? Outcome::kLogged : Outcome::kAlerted;
    if (counting.empty()) {
      evidence.verdict = others.empty() ? Verdict::kNoAlert : Verdict::kAlertedOther;
      evidence.reason = others.empty() ? silence.reason : other_reason(others) + silence.reason;
      return;
    }
    evidence.latency =
        std::chrono::duration_cast<std::chrono::milliseconds>(*first_alert_ - steps_.front()->time);
    const auto noisy = std::ranges::find_if(
        counting, [&](std::uint32_t rule) { return also_benign_.contains(rule); });
    evidence.verdict = noisy == counting.end() ? Verdict::kAlerted : Verdict::kAlsoBenign;
    if (noisy != counting.end()) {
      evidence.reason =
          fmt::format("'{}' fires on the look-alike too: {}",
                      escape_for_log(rules().claims[*noisy].title), escape_for_log(benign_name_));
    }
  }

  Silence explain() const {
    std::vector<std::string_view> texts;
    for (const Record* step : steps_) texts.push_back(step->text);
    return explain_silence(rules(), texts, procedure_.facts.technique);
  }

  std::string other_reason(const std::vector<std::uint32_t>& others) const {
    const RuleClaim& claim = rules().claims[others.front()];
    if (claim.techniques.empty()) {
      return fmt::format("'{}' is mapped to no technique; ", escape_for_log(claim.title));
    }
    return fmt::format("'{}' is mapped to {}; ", escape_for_log(claim.title),
                       fmt::join(claim.techniques, ", "));
  }

  // By rule, each once: what fired, what fired on a look-alike, and what was made for the events
  // and stayed silent.
  void add_trials(const Silence& silence) {
    std::set<std::uint32_t> on_trial = fired_;
    on_trial.insert(also_benign_.begin(), also_benign_.end());
    on_trial.insert(silence.tried.begin(), silence.tried.end());
    for (const std::uint32_t rule : on_trial) {
      const RuleClaim& claim = rules().claims[rule];
      judgement_.evidence.trials.push_back({.rule = claim.id,
                                            .hash = claim.hash,
                                            .alerted = fired_.contains(rule),
                                            .also_benign = also_benign_.contains(rule)});
    }
    std::ranges::sort(judgement_.evidence.trials, {}, &evidence::Trial::rule);
  }

  Judge& judge_;
  const Procedure& procedure_;
  const Stage& stage_;
  Judgement judgement_;
  std::vector<Record> records_;
  std::vector<const Record*> steps_;  // of the procedure itself, and received
  std::set<std::uint32_t> fired_;
  std::set<std::uint32_t> also_benign_;  // only rules that count for the technique
  std::string benign_name_;
  std::optional<Instant> first_alert_;
};

Judge::Judge(const RuleBook& rules, IsReceived is_received)
    : rules_(rules),
      is_received_(std::move(is_received)),
      shard_(rules.plan, {.keep_events = false}) {}

Judgement Judge::judge(const Procedure& procedure, const Stage& stage) {
  return Trial(*this, procedure, stage).run();
}

std::vector<Reading> Judge::read_all(const std::vector<Record>& records) {
  begin();
  std::vector<Reading> readings;
  for (const Record& record : records) {
    readings.push_back(is_received_(record.log_source) ? read(record.text) : Reading{});
  }
  return readings;
}

Result<std::set<std::uint32_t>> Judge::fired_on(const std::vector<Record>& records) {
  std::set<std::uint32_t> fired;
  begin();
  for (const Record& record : records) {
    if (record.is_setup || !is_received_(record.log_source)) continue;
    const Reading reading = read(record.text);
    if (!is_read_right(record.log_source, reading)) {
      return fail(kNotRecognised, read_as(record, reading));
    }
    fired.insert(reading.rules.begin(), reading.rules.end());
  }
  return fired;
}

Reading Judge::read(std::string_view record) {
  padded_.assign(record);
  padded_.append(text::kJsonPadding, ' ');
  const std::string_view bytes = std::string_view(padded_).substr(0, record.size());
  // What is no JSON is a row of text, and the first of its file.
  const auto& result =
      bytes.starts_with('{')
          ? shard_.run({.bytes = bytes})
          : shard_.run({.bytes = bytes, .layout = detect::Slice::Layout::kRows, .head = bytes});
  Reading reading;
  for (const detect::Match& match : result.matches) {
    if (rules_.claims[match.rule].is_alert) reading.rules.insert(match.rule);
  }
  if (correlator_) correlate(result.inputs, reading);
  reading.log_source = "no record";
  for (std::size_t i = 0; i < result.counters.by_source.size(); ++i) {
    if (result.counters.by_source[i] == 0) continue;
    const event::LogSource* source = rules_.plan.sources()[i]->source;
    reading.log_source = source == nullptr ? "generic" : source->id;
    reading.part_of = source == nullptr ? "" : source->part_of;
  }
  return reading;
}

void Judge::begin() {
  const auto& correlations = rules_.plan.correlations();
  if (correlations.empty()) return;
  correlator_ = std::make_unique<detect::Correlator>(correlations, kDefaultLimits, HashKey{});
  num_correlated_ = 0;
}

void Judge::correlate(const detect::StoredInputs& inputs, Reading& reading) {
  if (inputs.heads.empty()) return;
  std::vector<detect::CorrelationInput> given(inputs.heads.size());
  detect::StoredTexts texts;
  for (std::size_t i = 0; i < given.size(); ++i) {
    detect::read_texts(inputs.heads[i], inputs.texts_of(i), texts);
    given[i] = {rules_.plan.correlations().base_of(inputs.heads[i].rule), texts.columns};
  }
  std::vector<detect::Correlated> found;
  correlator_->add({inputs.heads[0].time, num_correlated_++, given}, found);
  for (const detect::Correlated& correlated : found) {
    if (rules_.claims[correlated.rule].is_alert) reading.rules.insert(correlated.rule);
  }
}

}  // namespace nepho::exercise
