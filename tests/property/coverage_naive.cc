#include "tests/property/coverage_naive.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "coverage/beta.h"
#include "text/timestamp.h"

namespace nepho::coverage {
namespace {

using evidence::Evidence;
using evidence::Kind;
using evidence::Trial;
using inventory::Detection;

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

class Naive {
 public:
  Naive(const Inputs& inputs, std::string technique, std::string provider)
      : in_(inputs), technique_(std::move(technique)), provider_(std::move(provider)) {}

  NaiveNumbers run() const {
    std::map<std::string, std::vector<std::string>> ways;
    for (const auto& p : in_.procedures) {
      if (p.technique == technique_ && p.provider == provider_) ways[p.id] = p.log_sources;
    }
    NaiveNumbers numbers;
    for (const auto& [id, sources] : ways) {
      double missed = 1;
      double missed_l90 = 1;
      bool tested = false;
      bool alerted = false;
      std::set<std::string> all(sources.begin(), sources.end());
      // An alert counts wherever it came from, also from logs that the catalogue does not name.
      for (const Evidence& e : in_.evidence) {
        if (e.procedure != id || weight(e) <= 0) continue;
        for (const Trial& t : e.trials) {
          const Detection* rule = find(t.rule);
          if (rule != nullptr && is_mapped(*rule)) all.insert(rule->log_sources[0]);
        }
      }
      for (const std::string& source : all) {
        const double share = share_of(source);
        if (const auto shown = shown_at(id, source)) {
          tested = true;
          alerted |= *shown;
          if (*shown) missed *= 1 - share;
          if (*shown) missed_l90 *= 1 - share;
          continue;
        }
        if (!contains(sources, source)) continue;
        double best = 0;
        double best_l90 = 0;
        for (const Detection& rule : in_.detections) {
          if (!is_mapped(rule) || !works(rule) || rule.log_sources[0] != source) continue;
          const Beta q = chance(rule);
          best = std::max(best, q.mean());
          best_l90 = std::max(best_l90, std::min(q.mean(), q.quantile(in_.model.lower_bound)));
        }
        missed *= 1 - share * best;
        missed_l90 *= 1 - share * best_l90;
      }
      numbers.mean += (1 - missed) / static_cast<double>(ways.size());
      numbers.l90 += (1 - missed_l90) / static_cast<double>(ways.size());
      numbers.tested += tested ? 1 : 0;
      numbers.alerted += alerted ? 1 : 0;
    }
    return numbers;
  }

 private:
  double share_of(const std::string& source) const {
    const auto found = in_.log_sources.find(source);
    return found == in_.log_sources.end() || !found->second.arrives() ? 0 : found->second.share;
  }

  bool is_mapped(const Detection& rule) const {
    return contains(rule.techniques, technique_) && contains(rule.providers, provider_);
  }

  bool works(const Detection& rule) const {
    const auto found = in_.log_sources.find(rule.log_sources[0]);
    return rule.enabled && rule.runnable && found != in_.log_sources.end() &&
           found->second.arrives();
  }

  const Detection* find(const std::string& id) const {
    for (const Detection& rule : in_.detections) {
      if (rule.id == id) return &rule;
    }
    return nullptr;
  }

  double age_days(const Evidence& e) const {
    const auto as_of = text::parse_timestamp(in_.as_of)->time;
    return std::chrono::duration<double>(as_of - e.time).count() / 86'400;
  }

  // w, or 0 when nothing of the play counts.
  double weight(const Evidence& e) const {
    const double age = age_days(e);
    if (e.technique != technique_ || e.provider != provider_ || age < 0) return 0;
    if (e.outcome == evidence::Outcome::kError || e.outcome == evidence::Outcome::kBlocked)
      return 0;
    if (age > in_.model.expiry_days) return 0;
    return in_.model.weight[static_cast<std::size_t>(e.kind)] *
           std::pow(2, -age / in_.model.half_life_days);
  }

  static bool in_time(const Trial& t) { return t.alerted && !t.late; }
  bool is_whole(const Trial& t, const Detection& rule) const { return t.hash == rule.hash; }

  // a and b of the rule: for each procedure and kind the latest trial, of equals a miss.
  Beta chance(const Detection& rule) const {
    const Model& m = in_.model;
    bool matched = false;
    std::map<std::pair<std::string, Kind>, std::pair<const Evidence*, const Trial*>> latest;
    for (const Evidence& e : in_.evidence) {
      for (const Trial& t : e.trials) {
        if (t.rule != rule.id || !is_whole(t, rule)) continue;
        const bool is_here = e.technique == technique_ && e.provider == provider_ &&
                             age_days(e) >= 0 && e.kind != Kind::kTabletop &&
                             e.outcome != evidence::Outcome::kError &&
                             e.outcome != evidence::Outcome::kBlocked;
        matched |= is_here && in_time(t);
        if (weight(e) <= 0) continue;
        auto& [play, trial] = latest[{e.procedure, e.kind}];
        const bool is_later =
            play == nullptr || e.time > play->time || (e.time == play->time && !in_time(t));
        if (is_later) {
          play = &e;
          trial = &t;
        }
      }
    }
    const double base = rule.status == "stable"         ? m.base_stable
                        : rule.status == "test"         ? m.base_test
                        : rule.status == "experimental" ? m.base_experimental
                                                        : m.base_other;
    const auto level = in_.robustness.find(rule.hash);
    const double robustness = m.robustness[static_cast<std::size_t>(
        (level == in_.robustness.end() ? static_cast<int>(m.unknown_level) : level->second) - 1)];
    const double mu =
        base * robustness * (matched ? m.specificity_matches : m.specificity_technique);
    Beta q{mu * m.prior_trials, (1 - mu) * m.prior_trials};
    for (const auto& [key, entry] : latest) {
      (in_time(*entry.second) ? q.a : q.b) += weight(*entry.first);
    }
    return q;
  }

  // What the play says of this source; nothing where it does not hold any more.
  std::optional<bool> said(const Evidence& e, const std::string& source) const {
    bool passed = false, passed_anywhere = false, lost = false, worn = false, missed = false;
    for (const Trial& t : e.trials) {
      const Detection* rule = find(t.rule);
      if (rule == nullptr || !is_mapped(*rule)) continue;
      const bool is_here = rule->log_sources[0] == source;
      const bool whole = is_whole(t, *rule);
      const bool pass = in_time(t) && whole && works(*rule);
      passed |= pass && is_here;
      passed_anywhere |= pass;
      lost |= in_time(t) && !pass && is_here;
      worn |= !whole || (in_time(t) && !pass);
      missed |= !in_time(t) && whole && is_here;
    }
    if (passed) return true;
    if (lost) return std::nullopt;
    if (missed) return false;
    if (worn || passed_anywhere) return std::nullopt;
    return false;
  }

  std::optional<bool> shown_at(const std::string& id, const std::string& source) const {
    std::optional<bool> shown;
    const Evidence* latest = nullptr;
    for (const Evidence& e : in_.evidence) {
      if (e.procedure != id || weight(e) <= 0) continue;
      const auto says = said(e, source);
      if (!says) continue;
      const bool is_later =
          latest == nullptr || e.time > latest->time || (e.time == latest->time && !*says);
      if (!is_later) continue;
      shown = says;
      latest = &e;
    }
    return shown;
  }

  const Inputs& in_;
  const std::string technique_;
  const std::string provider_;
};

}  // namespace

NaiveNumbers naive_numbers(const Inputs& inputs, const std::string& technique,
                           const std::string& provider) {
  return Naive(inputs, technique, provider).run();
}

}  // namespace nepho::coverage
