#include "report/mutation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "base/counted.h"
#include "base/printable.h"
#include "text/json_writer.h"

namespace nepho::report {
namespace {

using exercise::By;
using exercise::Death;
using exercise::RuleTrial;
using exercise::Tally;

// Of a rule that dies of much, what is shown in a table; JSON has all.
constexpr std::size_t kMostShown = 3;
constexpr std::size_t kMostFields = 3;
// A score as good as the aim for the median of the built-in pack, and one that wants looking at.
constexpr double kGood = 0.8;
constexpr double kPoor = 0.5;

const exercise::RuleClaim& claim_of(const MutationResults& results, const RuleTrial& rule) {
  return results.book.claims[rule.rule];
}

std::string score_text(const Tally& tally) {
  const auto score = tally.score();
  return score ? fmt::format("{:.2f}", *score) : std::string("-");
}

std::string number_text(const Tally& tally) {
  return fmt::format("{}/{}", tally.survived, tally.applied);
}

Tone tone_of(const Tally& tally) {
  const auto score = tally.score();
  if (!score) return Tone::kFaint;
  return *score >= kGood ? Tone::kGood : *score >= kPoor ? Tone::kMiddling : Tone::kBad;
}

std::string deaths_text(const RuleTrial& rule) {
  std::vector<std::string> shown;
  std::size_t num_more = 0;
  for (const Death& death : rule.deaths) {
    if (death.by != By::kAttacker) continue;
    if (shown.size() == kMostShown) {
      ++num_more;
    } else {
      shown.push_back(sentence(death));
    }
  }
  std::string text = fmt::format("{}", fmt::join(shown, "; or "));
  if (num_more > 0) text += fmt::format("; or {} more", num_more);
  if (rule.procedures.empty()) return "it fires on none of the attacks played";
  return text;
}

std::vector<const RuleTrial*> worst_first(const MutationResults& results) {
  std::vector<const RuleTrial*> sorted;
  for (const RuleTrial& rule : results.rules) sorted.push_back(&rule);
  std::ranges::stable_sort(sorted, {}, [&](const RuleTrial* rule) {
    const auto score = rule->attacker.score();
    return std::tuple(!score.has_value(), score.value_or(0), claim_of(results, *rule).title);
  });
  return sorted;
}

void write_tally(text::JsonWriter& json, std::string_view name, const Tally& tally) {
  json.key(name).begin_object();
  json.member("applied", tally.applied).member("survived", tally.survived);
  json.key("score");
  tally.score() ? json.number(*tally.score(), 4) : json.null();
  json.end_object();
}

void write_rule(text::JsonWriter& json, const MutationResults& results, const RuleTrial& rule) {
  const exercise::RuleClaim& claim = claim_of(results, rule);
  json.begin_object().member("id", claim.id).member("title", claim.title);
  json.strings("techniques", claim.techniques);
  json.member("level", results.levels[rule.rule]);
  json.strings("procedures", rule.procedures);
  write_tally(json, "attacker", rule.attacker);
  write_tally(json, "touching", rule.touching);
  write_tally(json, "provider", rule.provider);
  json.key("dies_if").begin_array();
  for (const Death& death : rule.deaths) {
    json.begin_object().member("change", death.change).member("by", to_string(death.by));
    json.member("what", death.what);
    json.strings("fields", death.fields);
    json.strings("procedures", death.procedures);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_median(text::JsonWriter& json, const MutationResults& results, std::string_view name,
                  Tally RuleTrial::* tally) {
  json.key(name);
  const auto median = median_score(results.rules, tally);
  median ? json.number(*median, 4) : json.null();
}

}  // namespace

std::string sentence(const Death& death) {
  if (death.fields.empty()) return death.what;
  std::vector<std::string> fields(death.fields.begin(), death.fields.end());
  const std::size_t num_more = fields.size() - std::min(fields.size(), kMostFields);
  fields.resize(fields.size() - num_more);
  return fmt::format("{} ({}{})", death.what, fmt::join(fields, ", "),
                     num_more == 0 ? "" : fmt::format(" and {} more", num_more));
}

std::string mutation_headline(const MutationResults& results) {
  const auto num_scored = std::ranges::count_if(
      results.rules, [](const RuleTrial& rule) { return rule.attacker.applied > 0; });
  const auto text = [&](Tally RuleTrial::* tally) {
    const auto median = median_score(results.rules, tally);
    return median ? fmt::format("{:.2f}", *median) : std::string("none");
  };
  const auto num_whole = std::ranges::count_if(results.rules, [](const RuleTrial& rule) {
    return rule.attacker.applied > 0 && rule.attacker.survived == rule.attacker.applied;
  });
  if (num_scored == 0) return "no rule fires on an attack that something can be changed about";
  return fmt::format(
      "the median rule survives {} of what an attacker can change, {} of that which touches a "
      "field it looks at, and {} of what the provider may change in these fields\n"
      "({} of {} a score, and {} all that an attacker can change: {}, {}, synthetic)",
      text(&RuleTrial::attacker), text(&RuleTrial::touching), text(&RuleTrial::provider),
      num_scored, counted(results.rules.size(), "rule has", "rules have"),
      counted(static_cast<std::size_t>(num_whole), "survives", "survive"),
      counted(results.num_procedures, "procedure"), counted(results.num_mutants, "mutant"));
}

Table mutation_table(const MutationResults& results) {
  Table table({{"SCORE", Align::kRight, false},
               {"SURVIVED", Align::kRight, false},
               {"TOUCHED", Align::kRight, false},
               {"LEVEL", Align::kRight, false},
               {"PROVIDER", Align::kRight, false},
               {"RULE"},
               {"THIS RULE DIES IF"}});
  for (const RuleTrial* rule : worst_first(results)) {
    table.add_row({Cell(score_text(rule->attacker), tone_of(rule->attacker)),
                   number_text(rule->attacker), number_text(rule->touching),
                   fmt::format("{}", results.levels[rule->rule]), score_text(rule->provider),
                   claim_of(results, *rule).title, deaths_text(*rule)});
  }
  return table;
}

Table mutation_rows(const MutationResults& results) {
  Table table({{"rule"},
               {"title"},
               {"level"},
               {"score"},
               {"survived"},
               {"applied"},
               {"touching_survived"},
               {"touching_applied"},
               {"provider_score"},
               {"change"},
               {"by"},
               {"dies_if"},
               {"fields"},
               {"procedures"}});
  for (const RuleTrial& rule : results.rules) {
    const exercise::RuleClaim& claim = claim_of(results, rule);
    const auto score = [](const Tally& tally) {
      return tally.applied == 0 ? std::string() : score_text(tally);
    };
    const std::vector<Cell> head{claim.id,
                                 claim.title,
                                 fmt::format("{}", results.levels[rule.rule]),
                                 score(rule.attacker),
                                 fmt::format("{}", rule.attacker.survived),
                                 fmt::format("{}", rule.attacker.applied),
                                 fmt::format("{}", rule.touching.survived),
                                 fmt::format("{}", rule.touching.applied),
                                 score(rule.provider)};
    if (rule.deaths.empty()) table.add_row(head);
    for (const Death& death : rule.deaths) {
      std::vector<Cell> row = head;
      for (const std::string& text : {death.change, std::string(to_string(death.by)), death.what,
                                      fmt::format("{}", fmt::join(death.fields, " ")),
                                      fmt::format("{}", fmt::join(death.procedures, " "))}) {
        row.emplace_back(text);
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

std::string mutation_json(const MutationResults& results) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/mutation/1");
  json.member("procedures", results.num_procedures).member("mutants", results.num_mutants);
  json.member("unrecognised", results.num_unrecognised);
  json.key("median").begin_object();
  write_median(json, results, "attacker", &RuleTrial::attacker);
  write_median(json, results, "touching", &RuleTrial::touching);
  write_median(json, results, "provider", &RuleTrial::provider);
  json.end_object();
  json.key("rules").begin_array();
  for (const RuleTrial& rule : results.rules) write_rule(json, results, rule);
  json.end_array();
  json.key("changes").begin_array();
  for (const exercise::ChangeTrial& change : results.changes) {
    json.begin_object().member("change", change.change).member("by", to_string(change.by));
    json.member("applied", change.tally.applied).member("survived", change.tally.survived);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

std::string mutation_lines(const MutationResults& results) {
  std::string lines;
  for (const RuleTrial& rule : results.rules) {
    text::JsonWriter json;
    write_rule(json, results, rule);
    lines += json.take() + "\n";
  }
  return lines;
}

}  // namespace nepho::report
