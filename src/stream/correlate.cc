#include "stream/correlate.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/check.h"
#include "base/keyed_hash.h"

namespace nepho::stream {
namespace {

using detect::Correlated;
using detect::EarlierEvent;
using detect::EventKey;
using detect::StoredHead;
using detect::StoredTexts;

// The sorted matches, event by event, copies of an event left out. Numbers the events; two passes
// give the same numbers.
class EventStream {
 public:
  struct Member {
    StoredHead head;
    std::string texts;
  };

  EventStream(InputMerge& merge, std::uint64_t first_number, bool has_duplicates)
      : merge_(merge), next_number_(first_number), has_duplicates_(has_duplicates) {
    has_head_ = merge_.next();
  }

  // The next event; false at the end.
  bool next() {
    while (has_head_) {
      gather();
      if (has_duplicates_ && is_copy()) continue;
      number_ = next_number_++;
      return true;
    }
    return false;
  }

  std::uint64_t number() const { return number_; }
  // Its matches, by rule.
  std::span<const Member> members() const { return std::span(members_).first(num_members_); }
  // Them, in exchange for what they shall be replaced by; the first of the result.
  std::size_t take_members(std::vector<Member>& members) {
    std::swap(members, members_);
    return num_members_;
  }

 private:
  void gather() {
    num_members_ = 0;
    do {
      if (members_.size() == num_members_) members_.emplace_back();
      members_[num_members_].head = merge_.head();
      members_[num_members_].texts = merge_.texts();
      ++num_members_;
      has_head_ = merge_.next();
    } while (has_head_ && merge_.head().same_event(members_[0].head));
  }

  // Copies have the same bytes, hence the same time, and all but one of them say that they are
  // repeats; which one does not depends on threads. The first in order stays.
  bool is_copy() {
    const StoredHead& head = members_[0].head;
    if (head.time != time_) seen_.clear();
    time_ = head.time;
    const auto [earlier, is_first] = seen_.emplace(head.fingerprint, head.is_repeat);
    if (is_first) return false;
    const bool was_repeat = earlier->second;
    earlier->second = was_repeat || head.is_repeat;
    return was_repeat || head.is_repeat;
  }

  InputMerge& merge_;
  std::uint64_t next_number_;
  const bool has_duplicates_;
  bool has_head_ = false;
  std::uint64_t number_ = 0;
  std::vector<Member> members_;
  std::size_t num_members_ = 0;
  Instant time_;
  std::unordered_map<std::uint64_t, bool> seen_;  // fingerprints at this time
};

// What findings and states say of an event.
struct Located {
  EventKey key;
  EarlierEvent place;
};

// A state that remembers correlations has hashes under its key, whether it names events or not.
HashKey hash_key_of(const detect::CorrelationState* state) {
  if (state == nullptr || state->correlations.empty()) return random_hash_key();
  return state->hash_key;
}

class Correlation {
 public:
  Correlation(const plan::Plan& plan, const std::vector<InputSorter*>& inputs,
              const Collector& collector, const CorrelateOptions& options)
      : plan_(plan),
        collector_(collector),
        options_(options),
        first_number_(options.state != nullptr ? options.state->events.size() : 0),
        merge_(inputs),
        correlator_(plan.correlations(), options.limits, hash_key_of(options.state)) {
    for (const InputSorter* sorter : inputs) result_.account.untimed += sorter->num_untimed();
  }

  Result<CorrelateResult> run() {
    if (options_.state != nullptr) {
      if (auto restored = detect::restore(*options_.state, plan_.rules(), correlator_); !restored)
        return std::unexpected(std::move(restored.error()));
    }
    if (auto found = find(); !found) return std::unexpected(std::move(found.error()));
    detect::Remembered remembered;
    if (options_.state != nullptr) remembered = detect::remember(correlator_, plan_.rules());
    want(remembered.numbers);
    if (auto located = locate(); !located) return std::unexpected(std::move(located.error()));
    finish_findings();
    if (options_.state != nullptr) keep(std::move(remembered));
    result_.account.counters = correlator_.counters();
    return std::move(result_);
  }

 private:
  // ---- the first pass ----

  Result<void> find() {
    if (auto begun = merge_.rewind(); !begun) return begun;
    EventStream events(merge_, first_number_, options_.has_duplicates);
    // Some at a time, so that the correlator can look ahead; more gained nothing.
    constexpr std::size_t kAtATime = 16;
    std::vector<Ready> ready(kAtATime);
    std::vector<detect::CorrelationEvent> next;
    do {
      next.clear();
      while (next.size() < kAtATime && events.next()) {
        next.push_back(make_ready(events, ready[next.size()]));
      }
      correlator_.look_ahead(next);
      for (std::size_t i = 0; i < next.size(); ++i) correlate(next[i], ready[i]);
    } while (!next.empty());
    if (merge_.error()) return std::unexpected(*merge_.error());
    return {};
  }

  // An event with what its inputs are views into.
  struct Ready {
    std::vector<EventStream::Member> members;  // the first of them, kept for their memory
    std::size_t num_members = 0;
    std::vector<detect::CorrelationInput> inputs;
  };

  detect::CorrelationEvent make_ready(EventStream& events, Ready& ready) {
    ready.num_members = events.take_members(ready.members);
    ready.inputs.resize(ready.num_members);
    for (std::size_t i = 0; i < ready.num_members; ++i) {
      const EventStream::Member& member = ready.members[i];
      detect::read_texts(member.head, member.texts, texts_);
      ready.inputs[i].base = plan_.correlations().base_of(member.head.rule);
      ready.inputs[i].columns = texts_.columns;
    }
    return {ready.members[0].head.time, events.number(), ready.inputs};
  }

  void correlate(const detect::CorrelationEvent& event, const Ready& ready) {
    result_.account.matches += ready.num_members;
    found_.clear();
    correlator_.add(event, found_);
    const auto members = std::span(ready.members).first(ready.num_members);
    for (Correlated& correlated : found_) {
      if (!fold(correlated)) add_finding(std::move(correlated), members);
    }
  }

  // Whether the finding is only counted: never the first of a group.
  bool fold(const Correlated& correlated) {
    if (options_.fold == 0) return false;
    std::string group;
    for (const auto& value : correlated.group) {
      group += value ? std::to_string(value->size()) : "-";
      group += ':';
      group += value.value_or("");
    }
    Listed& listed = listed_[correlated.rule];
    const bool is_first = listed.groups.insert(hash64(group)).second;
    if (!is_first && listed.count >= options_.fold) {
      ++result_.findings[listed.last].count;
      return true;
    }
    ++listed.count;
    listed.last = result_.findings.size();
    return false;
  }

  // The event that completes it is at hand now; those before it are only numbers.
  void add_finding(Correlated correlated, std::span<const EventStream::Member> members) {
    const auto member = std::ranges::find_if(members, [&](const auto& each) {
      return plan_.correlations().base_of(each.head.rule) == correlated.base;
    });
    CHECK(member != members.end());
    StoredTexts texts;
    detect::read_texts(member->head, member->texts, texts);
    detect::Match match;
    match.rule = correlated.rule;
    match.source_plan = member->head.source_plan;
    match.time = member->head.time;
    match.place = member->head.place;
    match.key = member->head.key;
    match.actor = texts.actor;
    match.source_ip = texts.source_ip;
    match.account = texts.account;
    match.event = texts.event;
    result_.findings.push_back(
        {std::move(match), collector_.index_in_file(member->head.place), 1, {}, nullptr});
    correlated.events.pop_back();
    correlated_.push_back(std::move(correlated));
  }

  // ---- the second pass ----

  void want(const std::vector<std::uint64_t>& more) {
    for (const Correlated& correlated : correlated_)
      wanted_.insert(wanted_.end(), correlated.events.begin(), correlated.events.end());
    wanted_.insert(wanted_.end(), more.begin(), more.end());
    std::ranges::sort(wanted_);
    const auto repeats = std::ranges::unique(wanted_);
    wanted_.erase(repeats.begin(), repeats.end());
  }

  Result<void> locate() {
    located_.reserve(wanted_.size());
    std::size_t at = 0;
    for (; at < wanted_.size() && wanted_[at] < first_number_; ++at)
      located_.push_back(of_earlier_run(options_.state->events[wanted_[at]]));
    if (at == wanted_.size()) return {};
    if (auto begun = merge_.rewind(); !begun) return begun;
    EventStream events(merge_, first_number_, options_.has_duplicates);
    while (at < wanted_.size() && events.next()) {
      if (events.number() != wanted_[at]) continue;
      const StoredHead& head = events.members()[0].head;
      located_.push_back({head.key,
                          {head.place.file, head.place.line, head.place.offset,
                           collector_.index_in_file(head.place)}});
      ++at;
    }
    if (merge_.error()) return std::unexpected(*merge_.error());
    CHECK(at == wanted_.size());
    return {};
  }

  Located of_earlier_run(const detect::RememberedEvent& event) const {
    const auto file = static_cast<std::uint32_t>(options_.files.size() + event.file);
    return {event.key, {file, event.line, event.offset, event.index}};
  }

  const Located& located(std::uint64_t number) const {
    return located_[static_cast<std::size_t>(std::ranges::lower_bound(wanted_, number) -
                                             wanted_.begin())];
  }

  // The ordinal tells findings apart that are one to their id: the same rule on equal events, where
  // copies are kept.
  void finish_findings() {
    std::map<Hash128, std::uint64_t> ordinals;
    for (std::size_t i = 0; i < correlated_.size(); ++i) {
      detect::Finding& finding = result_.findings[i];
      auto correlation = std::make_unique<detect::Correlation>();
      correlation->group = std::move(correlated_[i].group);
      correlation->measured = std::move(correlated_[i].measured);
      std::string named = plan_.rules()[finding.match.rule].id.value;
      for (const std::uint64_t number : correlated_[i].events) {
        const Located& event = located(number);
        named += '\n' + to_hex(event.key);
        correlation->earlier.push_back(event.place);
      }
      named += '\n' + to_hex(finding.match.key);
      const std::uint64_t ordinal = ordinals[hash128(named)]++;
      finding.id = hash128(named + '\n' + std::to_string(ordinal));
      finding.correlation = std::move(correlation);
    }
    if (options_.state != nullptr) result_.earlier_files = options_.state->files;
  }

  // ---- for the next run ----

  // Only files that are still named are kept, in the order in which they are met.
  void keep(detect::Remembered remembered) {
    detect::CorrelationState next;
    next.hash_key = correlator_.hash_key();
    next.correlations = std::move(remembered.correlations);
    std::map<std::uint32_t, std::uint32_t> kept;
    for (const std::uint64_t number : remembered.numbers) {
      const Located& event = located(number);
      const std::uint32_t file = event.place.file;
      const auto [at, is_new] = kept.emplace(file, static_cast<std::uint32_t>(kept.size()));
      if (is_new) next.files.push_back(name_of(file));
      next.events.push_back(
          {event.key, at->second, event.place.line, event.place.offset, event.place.index});
    }
    *options_.state = std::move(next);
  }

  const std::string& name_of(std::uint32_t file) const {
    const std::size_t num_files = options_.files.size();
    return file < num_files ? options_.files[file] : options_.state->files[file - num_files];
  }

  const plan::Plan& plan_;
  const Collector& collector_;
  const CorrelateOptions options_;
  const std::uint64_t first_number_;  // below: events of earlier runs
  InputMerge merge_;
  detect::Correlator correlator_;
  CorrelateResult result_;
  struct Listed {
    std::size_t count = 0;
    std::size_t last = 0;                      // index into result_.findings
    std::unordered_set<std::uint64_t> groups;  // that have a finding
  };
  std::map<std::uint32_t, Listed> listed_;  // by rule
  std::vector<Correlated> found_;           // by the event at hand
  StoredTexts texts_;
  std::vector<Correlated> correlated_;  // of each finding
  std::vector<std::uint64_t> wanted_;   // sorted, each once
  std::vector<Located> located_;        // of each of them
};

}  // namespace

void CorrelationAccount::add(const CorrelationAccount& other) {
  matches += other.matches;
  untimed += other.untimed;
  counters.groups_left += other.counters.groups_left;
  counters.values_left += other.counters.values_left;
  counters.without_weeks += other.counters.without_weeks;
  counters.late += other.counters.late;
  is_complete = is_complete && other.is_complete;
}

Result<CorrelateResult> correlate(const plan::Plan& plan, const std::vector<InputSorter*>& inputs,
                                  const Collector& collector, const CorrelateOptions& options) {
  return Correlation(plan, inputs, collector, options).run();
}

}  // namespace nepho::stream
