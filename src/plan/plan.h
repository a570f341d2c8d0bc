// What is run on events: the rules, arranged by log source, with everything shared that can be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "event/key_table.h"
#include "event/log_source.h"
#include "event/recognise.h"
#include "event/record_view.h"
#include "event/rows.h"
#include "event/wrapping.h"
#include "plan/anchor.h"
#include "plan/correlation_plan.h"
#include "plan/dispatch.h"
#include "plan/line_filter.h"
#include "plan/program.h"
#include "plan/recogniser.h"
#include "plan/text_set.h"
#include "sigma/rule.h"

namespace nepho::plan {

// One item of one or more rules: asked at most once an event.
struct Predicate {
  const sigma::Item* item = nullptr;
  std::uint32_t slot = 0;  // of the item's field; of no meaning for a keyword
  // A keyword, a fieldref or an array test: the reference evaluator answers.
  bool needs_reference = false;
  // So does it where the record has a string with JSON in it at SourcePlan::inner_json.
  bool reads_strings = false;
  std::optional<TextSet> texts;  // when every value is a text and any of them is enough
};

// The rules of one log source. `rules[i]` is an index into Plan::rules(); `programs[i]` its
// condition.
struct SourcePlan {
  const event::LogSource* source = nullptr;  // nullptr: no log source is told apart
  std::vector<std::uint32_t> rules;
  std::vector<Program> programs;
  std::vector<Predicate> predicates;
  // What field names of rules stand for: a slot each, with the values at all of its paths.
  std::vector<event::FieldPath> slots;
  std::vector<bool> slot_reads_strings;  // by slot: values may stand in strings at inner_json too
  std::vector<std::uint32_t> dispatch_slots;
  std::optional<Dispatch> dispatch;
  // Further conditions of the rules that dispatch lets through, one a slot; and by rule in which of
  // them it has anchors (none: it has no such condition).
  std::vector<Anchors> anchors;
  std::vector<std::vector<std::uint32_t>> anchors_of_rule;
  std::optional<text::LiteralSet> literals;  // of all anchors that are found by some

  // What every finding shows, each the first of the paths that is there.
  std::vector<event::FieldPath> time;
  std::vector<event::FieldPath> unique_id;
  std::vector<event::FieldPath> actor;
  std::vector<event::FieldPath> source_ip;
  std::vector<event::FieldPath> account;

  // Where strings that hold JSON may stand, if anywhere.
  std::optional<event::FieldPath> inner_json;
};

struct PlanOptions {
  // Every rule on every record, field names as the record has them (cli.md, --ignore-logsource).
  bool ignore_logsource = false;
  // Object or array under a string test: nothing, instead of its text and leaves.
  bool strict_fields = false;
  // Every record is parsed, also where no rule can hold for it (--strict).
  bool strict = false;
  // The path of the event time where no log source is told apart (--time-field).
  std::string time_field;
};

// A rule that no log source known to us can feed.
struct UnboundRule {
  std::size_t rule = 0;
};

// Built once from rules and log sources, both of which must outlive it; then only read, from any
// number of threads. Cost: about 20 us a rule.
class Plan {
 public:
  Plan(const std::vector<sigma::Rule>& rules, const event::LogSources& sources,
       PlanOptions options);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const std::vector<sigma::Rule>& rules() const { return rules_; }
  const event::KeyTable& keys() const { return keys_; }
  // To what is asked of every record, and to fields that stand beside it.
  const event::Trails& trails() const { return trails_; }
  const PlanOptions& options() const { return options_; }
  const std::vector<std::unique_ptr<SourcePlan>>& sources() const { return sources_; }
  const Recogniser& recogniser() const { return recogniser_; }
  // Which lines need not be parsed; nothing where all are.
  const std::optional<LineFilter>& line_filter() const { return line_filter_; }
  // For records that bear no signs. None where no log source is told apart.
  const std::optional<event::Wrapping>& wrapping() const { return wrapping_; }
  // The plan for records that bear no signs.
  std::uint32_t generic() const { return generic_; }
  const std::vector<event::Recognition>& recognition() const { return recognition_; }
  // Of all log sources.
  const event::LineForms& line_forms() const { return line_forms_; }
  // The plan of a log source that this was built with.
  std::uint32_t plan_of(const event::LogSource* source) const;
  // Correlations, which no event reaches but through the rules they refer to.
  const CorrelationPlan& correlations() const { return correlations_; }
  // Rules whose logsource means no log source that we know: they are never run.
  const std::vector<UnboundRule>& unbound() const { return unbound_; }

 private:
  void settle();
  void follow_what_all_are_asked(SourcePlan& source);
  void add_source(const event::LogSource* source, const std::vector<std::uint32_t>& indices);

  const std::vector<sigma::Rule>& rules_;
  const event::LogSources& log_sources_;
  PlanOptions options_;
  event::KeyTable keys_;
  event::Trails trails_;
  std::vector<std::unique_ptr<SourcePlan>> sources_;
  std::vector<event::Recognition> recognition_;
  event::LineForms line_forms_;
  Recogniser recogniser_;
  std::optional<event::Wrapping> wrapping_;
  std::optional<LineFilter> line_filter_;
  CorrelationPlan correlations_;
  std::vector<UnboundRule> unbound_;
  std::uint32_t generic_ = 0;
};

}  // namespace nepho::plan
