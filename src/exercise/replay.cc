#include "exercise/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/printable.h"
#include "base/sha256.h"
#include "event/field_path.h"
#include "event/recognise.h"
#include "exercise/record_lines.h"
#include "exercise/silence.h"
#include "stream/run.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using evidence::Outcome;
using evidence::Verdict;

// When the alert on an event is there: the event's time and its log source's latency. Nothing where
// the record has no time.
using AlertTime = std::optional<Instant>;

// Rules that fired and the first alert of each, by file (a path of the cases) and line.
using Alerts = std::map<std::uint32_t, AlertTime>;
using Fired = std::map<std::pair<std::string, std::uint64_t>, Alerts>;

// Keeps the earlier one; one without a time says nothing beside one with a time.
void add_alert(std::uint32_t rule, AlertTime time, Alerts& alerts) {
  const auto [known, is_new] = alerts.emplace(rule, time);
  if (!is_new && time && (!known->second || *time < *known->second)) known->second = time;
}

class Replayer {
 public:
  Replayer(const std::vector<LabelledLines>& rows, std::filesystem::path folder,
           const RuleBook& rules, const IsReceived& is_received, const AgreedTime& agreed)
      : rows_(rows),
        folder_(std::move(folder)),
        rules_(rules),
        is_received_(is_received),
        agreed_(agreed) {}

  Replay run(std::size_t num_threads) {
    run_rules(num_threads);
    const auto lookalikes =
        group_cases(rows_, [](const LabelledLines& r) { return r.is_lookalike(); });
    for (const Case& one : lookalikes) note_noise(one);
    for (const Case& one :
         group_cases(rows_, [](const LabelledLines& r) { return r.should_alert(); })) {
      replay_.judgements.push_back(judge(one));
    }
    replay_.num_lookalikes = lookalikes.size();
    return std::move(replay_);
  }

 private:
  std::string path_of(const LabelledLines& row) const { return (folder_ / row.file).string(); }

  void run_rules(std::size_t num_threads) {
    std::set<std::string> names;
    for (const LabelledLines& row : rows_) {
      if (row.should_alert() || row.is_lookalike()) names.insert(row.file);
    }
    const std::vector<std::string> files(names.begin(), names.end());
    std::vector<std::string> paths;
    for (const std::string& file : files) paths.push_back((folder_ / file).string());
    stream::RunOptions options;
    options.num_threads = num_threads;
    options.drop_duplicates = false;  // a case may be there in two files
    options.keep_events = false;
    options.fold = 0;
    auto result = stream::run(rules_.plan, paths, options);
    for (const Problem& problem : result.report.problems()) {
      replay_.report.add(problem.severity, problem.error, problem.fix);
    }
    for (const detect::Finding& finding : result.findings) {
      if (!rules_.claims[finding.match.rule].is_alert) continue;
      const auto& place = finding.match.place;
      add_alert(finding.match.rule, alert_time(finding.match),
                fired_[{files[place.file], place.line}]);
    }
  }

  AlertTime alert_time(const detect::Match& match) const {
    if (!match.time) return std::nullopt;
    const event::LogSource* source = rules_.plan.sources()[match.source_plan]->source;
    const auto latency =
        source == nullptr ? agreed_.latency.end() : agreed_.latency.find(source->id);
    return *match.time +
           (latency == agreed_.latency.end() ? std::chrono::seconds(0) : latency->second);
  }

  Alerts fired_on(const Case& one) const {
    Alerts rules;
    for (const LabelledLines* row : one.rows) {
      const auto begin = fired_.lower_bound({row->file, 0});
      for (auto at = begin; at != fired_.end() && at->first.first == row->file; ++at) {
        const bool is_of_row =
            row->lines.empty() || std::ranges::binary_search(row->lines, at->first.second);
        if (!is_of_row) continue;
        for (const auto& [rule, time] : at->second) add_alert(rule, time, rules);
      }
    }
    return rules;
  }

  // The technique of the case that the rule counts for; nullptr when for none.
  const std::string* technique_for(const Case& one, std::uint32_t rule) const {
    const auto& techniques = one.first->techniques;
    const auto found = std::ranges::find_if(techniques, [&](const std::string& technique) {
      return counts_for(rules_.claims[rule].techniques, technique);
    });
    return found == techniques.end() ? nullptr : &*found;
  }

  void note_noise(const Case& one) {
    for (const auto& [rule, time] : fired_on(one)) {
      if (technique_for(one, rule) == nullptr) continue;
      replay_.noisy.push_back(fmt::format("{}: {}", one.first->name, rules_.claims[rule].title));
      noise_[one.first->name].insert(rule);
    }
  }

  // Whether the rule fired on a look-alike of this case.
  bool is_also_benign(const Case& one, std::uint32_t rule) const {
    const std::string prefix = one.first->name + ": ";
    for (auto at = noise_.lower_bound(prefix); at != noise_.end(); ++at) {
      if (!at->first.starts_with(prefix)) return false;
      if (at->second.contains(rule)) return true;
    }
    return false;
  }

  Judgement judge(const Case& one) {
    Judgement judgement;
    auto& evidence = judgement.evidence;
    const LabelledLines& row = *one.first;
    judgement.name = row.name;
    evidence.procedure = row.procedure.empty() ? row.name : row.procedure;
    evidence.technique = row.techniques.empty() ? "" : row.techniques.front();
    evidence.provider = row.provider;
    evidence.kind = row.is_made() ? evidence::Kind::kSynthetic : evidence::Kind::kReplay;
    const auto counts = [&](const auto& rule) {
      return std::ranges::any_of(row.techniques, [&](const std::string& technique) {
        return counts_for(rule.techniques, technique);
      });
    };
    judgement.is_claimed =
        std::ranges::any_of(rules_.claims, counts) || std::ranges::any_of(rules_.gated, counts);
    const auto records = records_of(one);
    if (!records) {
      evidence.outcome = Outcome::kError;
      evidence.verdict = Verdict::kError;
      evidence.reason = records.error().message;
      return judgement;
    }
    settle(one, *records, judgement);
    return judgement;
  }

  Result<std::vector<std::string>> records_of(const Case& one) const {
    std::vector<std::string> all;
    for (const LabelledLines* row : one.rows) {
      auto records = records_on_lines(path_of(*row), {row->lines.begin(), row->lines.end()});
      if (!records) return records;
      std::ranges::move(*records, std::back_inserter(all));
    }
    return all;
  }

  void settle(const Case& one, const std::vector<std::string>& records, Judgement& judgement) {
    auto& evidence = judgement.evidence;
    std::string text;
    for (const std::string& record : records) text += record + "\n";
    evidence.events = records.size();
    evidence.digest = "sha256:" + sha256_hex(text);
    if (std::string reason = why_unseen(records); !reason.empty()) {
      evidence.outcome = Outcome::kNone;
      evidence.verdict = Verdict::kNoTelemetry;
      evidence.reason = std::move(reason);
      return;
    }
    Counted counted;
    std::vector<std::string> others;
    const std::optional<Instant> begun = begin_of(records);
    for (const auto& [rule, time] : fired_on(one)) {
      const RuleClaim& claim = rules_.claims[rule];
      const std::string* technique = technique_for(one, rule);
      evidence::Trial trial{.rule = claim.id, .hash = claim.hash, .alerted = true};
      if (technique != nullptr) {
        if (counted.alerted == 0) evidence.technique = *technique;
        count_alert(one, rule, begun, time, trial, evidence, counted);
      }
      evidence.trials.push_back(std::move(trial));
      (technique != nullptr ? judgement.alerted : others).push_back(claim.title);
    }
    const bool has_others = !others.empty();
    std::ranges::move(others, std::back_inserter(judgement.alerted));
    if (counted.alerted > 0) {
      evidence.outcome = Outcome::kAlerted;
      settle_alerted(counted, evidence);
    } else {
      evidence.outcome = Outcome::kLogged;
      evidence.verdict = has_others ? Verdict::kAlertedOther : Verdict::kNoAlert;
      add_silence(one, records, judgement);
    }
    std::ranges::sort(evidence.trials, {}, &evidence::Trial::rule);
  }

  // Of the rules that count for the case.
  struct Counted {
    std::size_t alerted = 0;
    std::size_t late = 0;
    bool also_benign = false;
  };

  void count_alert(const Case& one, std::uint32_t rule, std::optional<Instant> begun,
                   AlertTime time, evidence::Trial& trial, evidence::Evidence& evidence,
                   Counted& counted) const {
    ++counted.alerted;
    trial.also_benign = is_also_benign(one, rule);
    counted.also_benign |= trial.also_benign;
    if (!begun || !time || evidence.kind == evidence::Kind::kSynthetic) return;
    const auto latency = std::chrono::duration_cast<std::chrono::milliseconds>(*time - *begun);
    if (!evidence.latency || latency < *evidence.latency) evidence.latency = latency;
    trial.late = agreed_.alert_within && latency > *agreed_.alert_within;
    counted.late += trial.late ? 1 : 0;
  }

  void settle_alerted(const Counted& counted, evidence::Evidence& evidence) const {
    evidence.verdict = counted.also_benign ? Verdict::kAlsoBenign : Verdict::kAlerted;
    if (counted.also_benign) evidence.reason = "the rule fires on a look-alike of this case too";
    if (counted.late < counted.alerted) return;
    // A late alert is a miss, whatever else there is to say of its rule.
    evidence.verdict = Verdict::kLate;
    evidence.reason =
        fmt::format("the first alert came {} s after the attack's first event, agreed are {} s",
                    std::chrono::duration_cast<std::chrono::seconds>(*evidence.latency).count(),
                    agreed_.alert_within->count());
  }

  // The time of the first event of the attack.
  std::optional<Instant> begin_of(const std::vector<std::string>& records) const {
    std::optional<Instant> begin;
    for (const std::string& record : records) {
      const auto time = time_of(record);
      if (time && (!begin || *time < *begin)) begin = time;
    }
    return begin;
  }

  std::optional<Instant> time_of(const std::string& record) const {
    const auto document = text::JsonDocument::parse(record);
    if (!document) return std::nullopt;
    const auto* source = event::recognise(document->root(), rules_.plan.recognition());
    if (source == nullptr) return std::nullopt;
    for (const std::string& path : source->time) {
      for (const text::JsonValue& value : event::resolve(document->root(), path)) {
        if (const auto time = text::parse_timestamp(value.text())) return time->time;
      }
    }
    return std::nullopt;
  }

  // That no rule could see it: no such event, or of a log that does not arrive.
  std::string why_unseen(const std::vector<std::string>& records) const {
    if (records.empty()) return "the files hold no event on these lines";
    std::set<std::string> off;
    for (const std::string& record : records) {
      const auto document = text::JsonDocument::parse(record);
      if (!document) continue;
      const auto* source = event::recognise(document->root(), rules_.plan.recognition());
      if (source == nullptr) continue;
      if (is_received_(source->id)) return {};
      off.insert(source->id);
    }
    if (!off.empty()) return *off.begin() + " is not received";
    return "the events are of no log source that is known";
  }

  // Of several techniques, the one whose rules came nearest.
  void add_silence(const Case& one, const std::vector<std::string>& records,
                   Judgement& judgement) const {
    const std::vector<std::string_view> views(records.begin(), records.end());
    auto& evidence = judgement.evidence;
    bool has_rules = false;
    for (const std::string& technique : one.first->techniques) {
      const Silence silence = explain_silence(rules_, views, technique);
      // A rule that came near tells most, rules that do not fit tell something, none nothing.
      const bool tells_more = !silence.tried.empty() || (silence.has_rules && !has_rules);
      if (!evidence.reason.empty() && !tells_more) continue;
      has_rules = has_rules || silence.has_rules;
      evidence.reason = silence.reason;
      for (const std::uint32_t rule : silence.tried) {
        const RuleClaim& claim = rules_.claims[rule];
        if (std::ranges::find(evidence.trials, claim.id, &evidence::Trial::rule) ==
            evidence.trials.end()) {
          evidence.trials.push_back({.rule = claim.id, .hash = claim.hash});
        }
      }
      if (!silence.tried.empty()) break;
    }
  }

  const std::vector<LabelledLines>& rows_;
  std::filesystem::path folder_;
  const RuleBook& rules_;
  const IsReceived& is_received_;
  const AgreedTime& agreed_;
  Fired fired_;
  std::map<std::string, std::set<std::uint32_t>> noise_;  // by the look-alike's name
  Replay replay_;
};

}  // namespace

Replay replay(const std::vector<LabelledLines>& cases, const std::filesystem::path& folder,
              const RuleBook& rules, const IsReceived& is_received, std::size_t num_threads,
              const AgreedTime& agreed) {
  return Replayer(cases, folder, rules, is_received, agreed).run(num_threads);
}

}  // namespace nepho::exercise
