#include "exercise/mutate.h"

#include <algorithm>
#include <utility>

#include "exercise/mutate_order.h"
#include "exercise/mutate_policy.h"
#include "exercise/mutate_scenario.h"
#include "exercise/mutate_values.h"
#include "exercise/rule_fields.h"
#include "exercise/tree_paths.h"

namespace nepho::exercise {
namespace {

// The texts of what is done, without what only prepares it.
std::vector<std::string_view> steps_of(const std::vector<Record>& records) {
  std::vector<std::string_view> steps;
  for (const Record& record : records) {
    if (!record.is_setup) steps.push_back(record.text);
  }
  return steps;
}

class Mutator {
 public:
  Mutator(const Attack& attack, const plan::Plan& plan) : attack_(attack), plan_(plan) {
    for (const PlayedRecord& one : attack.played) records_.push_back(one.record);
  }

  // Nothing where the change concerns no record.
  void add(const Change& change) {
    if (is_among(attack_.procedure.facts.technique, change.not_of)) return;
    Mutation mutation{.id = change.id, .by = change.by, .what = change.what};
    for (std::size_t variant = 0; variant < change.num_variants(); ++variant) {
      Played played = attack_.played;
      for (const Edit& edit : change.edits) apply(edit, variant, played);
      add_mutant(mutation, written(played));
    }
    keep(std::move(mutation));
  }

  void add(std::string id, std::string what, const std::optional<Scenario>& scenario) {
    if (!scenario) return;
    auto records = play(*scenario, attack_.stage, attack_.procedure.facts.id);
    if (!records) return;  // the other call asks for what this attack does not have
    Mutation mutation{.id = std::move(id), .by = By::kAttacker, .what = std::move(what)};
    count_openings(*records);
    add_mutant(mutation, *std::move(records));
    keep(std::move(mutation));
  }

  void add(SchemaChange change, const std::string& path) {
    Mutation mutation{.id = std::string(id_of(change)),
                      .by = By::kProvider,
                      .what = std::string(what_is(change)),
                      .path = path};
    Played played = attack_.played;
    change_field(change, path, played);
    add_mutant(mutation, written(played));
    keep(std::move(mutation));
  }

  std::vector<Mutation> take() { return std::move(all_); }

 private:
  void apply(const Edit& edit, std::size_t variant, Played& played) const {
    switch (edit.kind) {
      case Edit::Kind::kSet: return set_values(edit, variant, attack_.stage.context, played);
      case Edit::Kind::kRename: return rename_values(edit, variant, attack_.stage.context, played);
      case Edit::Kind::kReverse: return reverse_lists(edit, played);
      case Edit::Kind::kPolicy: return rewrite_policies(edit, played);
      case Edit::Kind::kOrder:
        if (const auto* source = log_source_of(plan_, edit.log_source)) {
          reorder_steps(edit, *source, played);
        }
        return;
    }
  }

  // A session that only this way of the attack opens, the attacker opens: it is a step of his.
  void count_openings(std::vector<Record>& records) const {
    const auto num_before = std::ranges::count_if(records_, &Record::is_setup);
    auto num_more = std::ranges::count_if(records, &Record::is_setup) - num_before;
    for (auto record = records.rbegin(); record != records.rend() && num_more > 0; ++record) {
      if (std::exchange(record->is_setup, false)) --num_more;
    }
  }

  void add_mutant(Mutation& mutation, std::vector<Record> records) const {
    if (steps_of(records) != steps_of(records_)) mutation.mutants.push_back(std::move(records));
  }
  void keep(Mutation mutation) {
    if (!mutation.mutants.empty()) all_.push_back(std::move(mutation));
  }

  const Attack& attack_;
  const plan::Plan& plan_;
  std::vector<Record> records_;
  std::vector<Mutation> all_;
};

void add_step_differences(const std::vector<const PlayedRecord*>& before,
                          const std::vector<Record>& after, const event::LineForms& forms,
                          std::set<std::string>& paths) {
  std::vector<const Record*> steps;
  for (const Record& record : after) {
    if (!record.is_setup) steps.push_back(&record);
  }
  // Steps that came in addition stand in front: sessions that were opened.
  const std::size_t num_more = steps.size() - std::min(steps.size(), before.size());
  for (std::size_t i = num_more; i < steps.size(); ++i) {
    const PlayedRecord& one = *before[i - num_more];
    if (steps[i]->text == one.record.text) continue;
    const auto values = RecordValues::read(steps[i]->text, forms);
    if (values && one.values) add_differences(one.values->root(), values->root(), paths);
  }
}

}  // namespace

std::vector<Mutation> attacker_mutations(const Attack& attack, const ProviderMutations& known,
                                         const plan::Plan& plan) {
  Mutator mutator(attack, plan);
  for (const Change& change : known.changes) {
    if (change.by == By::kAttacker) mutator.add(change);
  }
  const Scenario& scenario = attack.procedure.attack;
  for (const CallVariant& call : known.calls) {
    mutator.add("api-variant", call.what, with_other_call(scenario, call, attack.stage.provider));
  }
  if (is_among(attack.procedure.facts.technique, known.callers_not_of)) return mutator.take();
  for (const CallerVariant& caller : known.callers) {
    mutator.add("caller", caller.what, with_other_caller(scenario, caller, attack.stage.provider));
  }
  return mutator.take();
}

std::vector<Mutation> provider_mutations(const Attack& attack, const ProviderMutations& known,
                                         const plan::Plan& plan,
                                         const std::set<std::string>& paths) {
  Mutator mutator(attack, plan);
  for (const Change& change : known.changes) {
    if (change.by == By::kProvider) mutator.add(change);
  }
  for (const std::string& path : paths) {
    for (const SchemaChange change : kSchemaChanges) mutator.add(change, path);
  }
  return mutator.take();
}

std::set<std::string> differences(const Played& before,
                                  const std::vector<std::vector<Record>>& mutants,
                                  const event::LineForms& forms) {
  std::vector<const PlayedRecord*> steps;
  for (const PlayedRecord& one : before) {
    if (!one.record.is_setup) steps.push_back(&one);
  }
  std::set<std::string> paths;
  for (const std::vector<Record>& mutant : mutants)
    add_step_differences(steps, mutant, forms, paths);
  return paths;
}

}  // namespace nepho::exercise
