#include "tests/support/both_ways.h"

#include "plan/reference.h"

namespace nepho::tests {

namespace {

constexpr const char* kProduct = "made";

// The rules as those of the log source below.
std::vector<sigma::Rule> for_product(std::vector<sigma::Rule> rules) {
  for (sigma::Rule& rule : rules) rule.logsource.product = kProduct;
  return rules;
}

event::LogSources sources_for(Reached reached) {
  if (reached == Reached::kAlways) return {};
  event::LogSource source;
  source.id = "generic";
  source.sigma = {{.product = kProduct, .category = "", .service = ""}};
  source.dispatch = {"source", "name"};
  return event::LogSources({source});
}

}  // namespace

BothWays::BothWays(std::vector<sigma::Rule> rules, bool strict_fields, Reached reached)
    : rules_(for_product(std::move(rules))),
      sources_(sources_for(reached)),
      plan_(rules_, sources_,
            {.ignore_logsource = reached == Reached::kAlways, .strict_fields = strict_fields}),
      evaluator_(plan_, *plan_.sources()[0]),
      view_(plan_.keys(), &plan_.trails()) {}

std::vector<Answers> BothWays::ask(std::string_view record) {
  // Behind the text stands what would go wrong if the indexer or the view read on: an open string.
  padded_ = record;
  padded_.append(text::kJsonPadding, '"');
  const std::string_view bytes = std::string_view(padded_).substr(0, record.size());
  const auto document = text::JsonDocument::parse(std::string(record));
  const auto tokens = indexer_.index(bytes);
  if (!document || !tokens) return {};
  view_.reset(bytes, *tokens);
  if (!view_.has_next() || view_.scan() != event::ScanFault::kNone) return {};

  std::vector<Answers> answers(rules_.size());
  for (const std::uint32_t rule : evaluator_.evaluate(view_)) answers[rule].plan = true;
  const bool strict = plan_.options().strict_fields;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    answers[i].reference = plan::holds(rules_[i], document->root(), plan::FieldNames(), strict);
  }
  return answers;
}

}  // namespace nepho::tests
