// What logs hold, as `nepho sources LOGS` shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/rule_chance.h"
#include "detect/survey.h"
#include "plan/plan.h"
#include "report/table.h"
#include "stream/run.h"

namespace nepho::report {

// All that is shown; what it refers to must outlive it.
struct SurveyOf {
  const plan::Plan& plan;
  const stream::RunResult& result;
  const std::vector<std::string>& files;
  const std::vector<detect::SourceSurvey>& sources;  // by source plan
  const std::vector<detect::RuleChance>& chances;    // by rule
};

// One row a log source that has records.
Table survey_sources(const SurveyOf& survey);
// The commonest kinds of events of each.
Table survey_events(const SurveyOf& survey);
// What could not be read, by reason, with its first place.
Table survey_skipped(const SurveyOf& survey);
// Fields that no schema has, the commonest first; at most `most` a log source.
Table survey_fields(const SurveyOf& survey, std::size_t most);
// Rules with records of their log source that can never hold for records like these, and why.
Table survey_rules(const SurveyOf& survey);

// One document with "schema": "nephometer/sources/1" and all of the above.
std::string survey_json(const SurveyOf& survey);

// "no record has the field 'x'": half a sentence, for a person and as JSON's "detail".
std::string to_sentence(const detect::RuleChance& chance);
// "event-not-seen": part of the public form.
std::string_view to_string(detect::RuleChance::Verdict verdict);

}  // namespace nepho::report
