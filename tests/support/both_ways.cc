#include "tests/support/both_ways.h"

#include <utility>

namespace nepho::tests {
namespace {

// The one source's plan; the only one there is without log sources.
const plan::SourcePlan& plan_of_first(const plan::Plan& plan, const event::LogSources& sources) {
  return *plan.sources()[sources.all().empty() ? 0 : plan.plan_of(&sources.all().front())];
}

}  // namespace

BothWays::BothWays(std::vector<sigma::Rule> rules, bool strict_fields, event::LogSources sources)
    : rules_(std::move(rules)),
      sources_(std::move(sources)),
      names_(sources_.all().empty() ? plan::FieldNames()
                                    : plan::FieldNames(sources_.all().front())),
      plan_(rules_, sources_,
            {.ignore_logsource = sources_.all().empty(), .strict_fields = strict_fields}),
      evaluator_(plan_, plan_of_first(plan_, sources_)),
      view_(plan_.keys(), &plan_.trails()) {}

std::vector<Answers> BothWays::ask(std::string_view record) {
  // Behind the text stands what would go wrong if the indexer or the view read on: an open string.
  padded_ = record;
  padded_.append(text::kJsonPadding, '"');
  const std::string_view bytes = std::string_view(padded_).substr(0, record.size());
  const auto document = text::JsonDocument::parse(std::string(record));
  const auto tokens = indexer_.index(bytes);
  if (!document || !tokens || !escapes_.build(bytes)) return {};
  // Where no escape is known of, texts are taken as they stand: nothing else may change by that.
  knows_escapes_ = !knows_escapes_;
  view_.reset(bytes, *tokens, knows_escapes_ ? &escapes_ : nullptr);
  if (!view_.has_next() || view_.scan() != event::ScanFault::kNone) return {};

  std::vector<Answers> answers(rules_.size());
  for (const std::uint32_t rule : evaluator_.evaluate(view_)) answers[rule].plan = true;
  const bool strict = plan_.options().strict_fields;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    answers[i].reference = plan::holds(rules_[i], document->root(), names_, strict);
  }
  return answers;
}

}  // namespace nepho::tests
