#include "exercise/tabletop.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace nepho::exercise {
namespace {

// The log source that a record is of: itself, or what it is a part of ("aws.cloudtrail.s3_data").
const event::LogSource* source_of(const event::LogSources& sources, std::string_view id) {
  while (true) {
    if (const event::LogSource* source = sources.find(id)) return source;
    const std::size_t dot = id.rfind('.');
    if (dot == std::string_view::npos) return nullptr;
    id = id.substr(0, dot);
  }
}

// By what a record is told from the one before it.
struct Mark {
  std::string event;
  std::string address;
};

class Teller {
 public:
  explicit Teller(const TabletopInputs& inputs)
      : inputs_(inputs),
        here_(inputs.rules, inputs.is_received),
        everywhere_(inputs.rules, [](std::string_view) { return true; }) {}

  Result<Walkthrough> tell() {
    const Procedure& attack = inputs_.procedure;
    const std::string& id = attack.facts.id;
    // The labels are those of Judge and 'simulate', so that users and keys are the same.
    if (auto done = add(Part::Kind::kAttack, attack, attack.attack, id); !done) {
      return std::unexpected(done.error());
    }
    for (std::size_t i = 0; i < attack.lookalikes.size(); ++i) {
      const std::string label = fmt::format("{}/lookalike/{}", id, i);
      if (auto done = add(Part::Kind::kLookalike, attack, attack.lookalikes[i], label); !done) {
        return std::unexpected(done.error());
      }
    }
    for (const Procedure* other : inputs_.other_ways) {
      if (auto done = add(Part::Kind::kOtherWay, *other, other->attack, other->facts.id); !done) {
        return std::unexpected(done.error());
      }
    }
    told_.judgement = here_.judge(attack, inputs_.stage);
    return std::move(told_);
  }

 private:
  Result<void> add(Part::Kind kind, const Procedure& procedure, const Scenario& scenario,
                   const std::string& label) {
    Stage stage = inputs_.stage;
    if (kind == Part::Kind::kLookalike) stage.start = end_ + kBeforeLookalike;
    if (kind == Part::Kind::kOtherWay) stage.start = end_ + kBeforeOtherWay;
    auto records = play(scenario, stage, label);
    if (!records) return std::unexpected(records.error());
    if (kind == Part::Kind::kLookalike) std::erase_if(*records, &Record::is_setup);
    if (!records->empty()) end_ = records->back().time;
    told_.parts.push_back({.kind = kind, .procedure = &procedure, .scenario = &scenario});
    std::vector<Inject>& injects = told_.parts.back().injects;
    const std::vector<Reading> here = here_.read_all(*records);
    const std::vector<Reading> everywhere = everywhere_.read_all(*records);
    std::set<std::uint32_t> told;  // rules that fired in this part
    Mark last;
    for (std::size_t i = 0; i < records->size(); ++i) {
      Record& record = (*records)[i];
      Mark mark = mark_of(record);
      if (injects.empty() || !is_more_of(injects.back(), last, record, mark)) {
        injects.push_back(begin(record, mark));
      }
      injects.back().records.push_back(std::move(record));
      last = std::move(mark);
      for (const std::uint32_t rule : everywhere[i].rules) {
        if (!told.insert(rule).second) continue;
        const bool fires_here = here[i].rules.contains(rule);
        (fires_here ? injects.back().alerts : injects.back().missed).push_back(rule);
      }
    }
    for (Inject& inject : injects) add_facts(inject);
    return {};
  }

  Mark mark_of(const Record& record) const {
    const event::LogSource* source = source_of(inputs_.log_sources, record.log_source);
    if (source == nullptr) return {};
    return {first_scalar(record.text, source->event_name),
            first_scalar(record.text, source->source_ip)};
  }

  Inject begin(const Record& record, const Mark& mark) const {
    return {.event = mark.event,
            .log_source = record.log_source,
            .is_received = inputs_.is_received(record.log_source),
            .is_setup = record.is_setup};
  }

  // The same call from the same place, or from others within minutes: a burst is one thing to look
  // at.
  static bool is_more_of(const Inject& inject, const Mark& last, const Record& record,
                         const Mark& mark) {
    const auto gap = record.time - inject.records.back().time;
    return last.event == mark.event && inject.log_source == record.log_source &&
           inject.is_setup == record.is_setup &&
           (last.address == mark.address || gap <= kOneInject);
  }

  void add_facts(Inject& inject) const {
    const event::LogSource* source = source_of(inputs_.log_sources, inject.log_source);
    if (source == nullptr) return;
    const std::string& record = inject.records.front().text;
    inject.actor = first_scalar(record, source->actor);
    inject.address = first_scalar(record, source->source_ip);
    inject.account = first_scalar(record, source->account);
    std::vector<std::uint32_t> fired = inject.alerts;
    fired.insert(fired.end(), inject.missed.begin(), inject.missed.end());
    std::vector<std::string> more;
    const auto shows = inputs_.guide.shows.find(source->id);
    if (shows != inputs_.guide.shows.end()) more = shows->second;
    inject.facts = facts_of(record, *source, inputs_.rules.plan, fired, more);
  }

  const TabletopInputs& inputs_;
  Judge here_;
  Judge everywhere_;
  Instant end_;  // of what was told last
  Walkthrough told_;
};

}  // namespace

Result<Walkthrough> make_walkthrough(const TabletopInputs& inputs) { return Teller(inputs).tell(); }

}  // namespace nepho::exercise
