// For each alert: leave out the plays that it contradicts (another time, account, actor or
// address), ask of the others what agrees, and take the one with which most does.
#include "exercise/alert_match.h"

#include <algorithm>
#include <compare>
#include <map>

#include "exercise/rule_book.h"

namespace nepho::exercise {
namespace {

using alert::Alert;

// How an alert fits a play: compared from the first member on.
struct Fit {
  bool has_id = false;
  int num_who = 0;         // of actor, address and account
  int technique = 0;       // 2: names it, 1: names its parent
  bool is_within = false;  // the activity lies within the play, not just near it
  auto operator<=>(const Fit&) const = default;
};

// What an alert says, ready to be compared.
struct Said {
  Names accounts;
  Names actors;
  Names addresses;
  Instant from;  // of the activity; of the alert itself where that is not known
  Instant to;
  bool knows_activity = false;
};

Said said_by(const Alert& alert) {
  Said said;
  for (const std::string& name : alert.accounts) add_name(name, said.accounts);
  for (const std::string& name : alert.actors) add_principal(name, said.actors);
  for (const std::string& name : alert.addresses) add_name(name, said.addresses);
  said.knows_activity = alert.seen_from.has_value() || alert.seen_to.has_value();
  const Instant raised = alert.time.value_or(Instant{});
  said.from = alert.seen_from.value_or(alert.seen_to.value_or(raised));
  said.to = std::max(said.from, alert.seen_to.value_or(said.from));
  return said;
}

bool is_in_time(const Alert& alert, const Said& said, const WatchedPlay& play, bool was_fed) {
  const Instant begin = play.begin - kClockSkew;
  const bool is_near = said.knows_activity
                           ? said.to >= begin && said.from <= play.end + kClockSkew
                           : said.from >= begin && said.from <= play.end + kAlertWindow;
  // Logs that were played into a product have their old times or the time they came in, as the
  // product likes.
  return (play.has_time && is_near) || (was_fed && alert.time.has_value());
}

int technique_fit(const std::vector<std::string>& named, const WatchedPlay& play) {
  int best = 0;
  for (const std::string& technique : play.techniques) {
    if (std::ranges::find(named, technique) != named.end()) return 2;
    if (counts_for(named, technique)) best = 1;
  }
  return best;
}

// Samples that somebody made anonymous bear one id throughout: what more plays than these have is
// the id of nothing. The same logs are rarely there more often.
constexpr std::size_t kMostPlaysOfAnId = 3;

Names ids_of_nothing(std::span<const WatchedPlay> plays) {
  std::map<std::string_view, std::size_t> counts;
  for (const WatchedPlay& play : plays) {
    for (const std::string& id : play.ids) ++counts[id];
  }
  Names common;
  for (const auto& [id, count] : counts) {
    if (count > kMostPlaysOfAnId) common.emplace(id);
  }
  return common;
}

bool shares_id(const Alert& alert, const WatchedPlay& play, const Names& of_nothing) {
  return std::ranges::any_of(alert.ids_within, [&](const std::string& id) {
    return play.ids.contains(id) && !of_nothing.contains(id);
  });
}

struct Judged {
  Fit fit;
  Basis basis;
};

// With an id on both sides nothing else counts: both are it.
std::strong_ordering compare_fits(const Fit& one, const Fit& other) {
  return one.has_id && other.has_id ? std::strong_ordering::equal : one <=> other;
}

// The plays that an alert fits best, and by what.
struct Best {
  std::vector<std::size_t> plays;
  Basis basis = Basis::kTechnique;
};

class Matcher {
 public:
  Matcher(std::span<const WatchedPlay> plays, std::optional<Instant> since)
      : plays_(plays), since_(since), ids_of_nothing_(ids_of_nothing(plays)) {}

  Best best_of(const Alert& alert, const std::vector<std::string>& techniques) const {
    const Said said = said_by(alert);
    Best best;
    std::optional<Fit> best_fit;
    for (std::size_t i = 0; i < plays_.size(); ++i) {
      if (!plays_[i].fault.empty()) continue;
      const auto judged = judge(alert, said, techniques, plays_[i]);
      if (!judged) continue;
      const auto order =
          best_fit ? compare_fits(judged->fit, *best_fit) : std::strong_ordering::greater;
      if (order < 0) continue;
      if (order > 0) best.plays.clear();
      best_fit = judged->fit;
      best.basis = judged->basis;
      best.plays.push_back(i);
    }
    return best;
  }

 private:
  // Nothing where it is of another play.
  std::optional<Judged> judge(const Alert& alert, const Said& said,
                              const std::vector<std::string>& techniques,
                              const WatchedPlay& play) const {
    const bool was_fed = since_.has_value() && play.kind != evidence::Kind::kLive;
    const Agreement actor = compare(said.actors, play.actors);
    const Agreement address = compare(said.addresses, play.addresses);
    const Agreement account = compare(said.accounts, play.accounts);
    const auto agrees = [](Agreement one) { return one == Agreement::kAgrees ? 1 : 0; };
    const bool is_activity_inside =
        said.knows_activity && said.from >= play.begin && said.to <= play.end;
    const Fit fit{shares_id(alert, play, ids_of_nothing_),
                  agrees(actor) + agrees(address) + agrees(account),
                  technique_fit(techniques, play), is_activity_inside};
    if (fit.has_id) return Judged{fit, Basis::kId};
    // Of what nobody says that it took place only its own id can say so.
    if (!play.took_place) return std::nullopt;
    if (!is_in_time(alert, said, play, was_fed)) return std::nullopt;
    for (const Agreement one : {actor, address, account}) {
      if (one == Agreement::kDiffers) return std::nullopt;
    }
    if (agrees(actor) + agrees(address) > 0) return Judged{fit, Basis::kWho};
    if (fit.technique == 0) return std::nullopt;
    return Judged{fit, fit.num_who > 0 ? Basis::kAccount : Basis::kTechnique};
  }

  std::span<const WatchedPlay> plays_;
  std::optional<Instant> since_;
  Names ids_of_nothing_;
};

}  // namespace

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::kTechnique: return "its technique and time alone";
    case Basis::kAccount: return "its account, technique and time";
    case Basis::kWho: return "who it names and its time";
    case Basis::kId: return "the id of an event or of the run";
  }
  return "";
}

Matches match_alerts(std::span<const Alert> alerts,
                     std::span<const std::vector<std::string>> techniques,
                     std::span<const WatchedPlay> plays, std::optional<Instant> since) {
  Matches matches;
  matches.joins.resize(plays.size());
  const Matcher matcher(plays, since);
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    const bool is_earlier = since && alerts[i].time && *alerts[i].time < *since - kClockSkew;
    if (is_earlier) {
      matches.earlier.push_back(i);
      continue;
    }
    Best best = matcher.best_of(alerts[i], techniques[i]);
    if (best.plays.empty()) {
      matches.unmatched.push_back(i);
    } else if (best.plays.size() == 1 || best.basis == Basis::kId) {
      // An event that is there in several cases is the same event.
      for (const std::size_t play : best.plays) matches.joins[play].push_back({i, best.basis});
    } else {
      matches.ambiguous.push_back({i, std::move(best.plays)});
    }
  }
  return matches;
}

}  // namespace nepho::exercise
