#include "sigma/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sigma/correlation_parser.h"
#include "sigma/detection.h"
#include "sigma/errors.h"
#include "sigma/head.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

DocumentKind kind_of(const YamlNode& root) {
  if (root.find("correlation") != nullptr) return DocumentKind::kCorrelation;
  if (root.find("filter") != nullptr) return DocumentKind::kFilter;
  const bool is_rule = root.find("detection") != nullptr || root.find("logsource") != nullptr;
  return is_rule ? DocumentKind::kRule : DocumentKind::kOther;
}

void parse_rule(const YamlNode& root, const ParseContext& context, Rule& rule) {
  parse_logsource(root, context, rule.logsource);
  const YamlNode* node = root.find("detection");
  if (node == nullptr) {
    context.report.add_error({kMissingKey, "there is no detection", rule.place,
                              "add 'detection:' with a selection and a condition"});
    return;
  }
  if (auto detection = parse_detection(*root.find_key("detection"), *node, {}, context)) {
    rule.items = std::move(detection->items);
    rule.condition = std::move(detection->condition);
    rule.timeframe = std::move(detection->timeframe);
  }
}

void parse_filter(const YamlNode& root, const ParseContext& context, Document& document) {
  constexpr std::array<std::string_view, 1> kOtherKeys = {"rules"};
  Filter filter;
  parse_logsource(root, context, filter.logsource);
  document.rule.logsource = filter.logsource;
  const YamlNode& node = *root.find("filter");
  const YamlNode& key = *root.find_key("filter");
  filter.rules = node.texts_at("rules");
  filter.any_rule = node.text_at("rules") == "any";
  if (filter.any_rule) filter.rules.clear();
  if (filter.rules.empty() && !filter.any_rule)
    context.report.add_error({kMissingKey, "the filter names no rules", key.place(context.file),
                              "add 'rules:' with their ids or names, or 'rules: any'"});
  auto detection = parse_detection(key, node, kOtherKeys, context);
  if (!detection || context.report.has_errors()) return;
  filter.items = std::move(detection->items);
  filter.condition = std::move(detection->condition);
  filter.is_negated = detection->is_negated;
  document.filter = std::move(filter);
}

void read_correlation(const YamlNode& root, const ParseContext& context, Rule& rule) {
  rule.condition = {Expression::Kind::kOr, 0, {}};
  rule.correlation = parse_correlation(root, context);
}

}  // namespace

Document parse_document(const YamlNode& root, const ParseContext& outer) {
  LoadReport report;
  Document document{.kind = kind_of(root)};
  const ParseContext context{
      outer.file,          outer.placeholders, outer.limits, report, &document.missing_placeholders,
      outer.array_matching};
  document.rule.place = root.place(context.file);
  if (document.kind == DocumentKind::kOther) {
    report.add_warning(
        {kNotSigma, "this is no Sigma document: it has neither detection, correlation nor filter",
         document.rule.place});
  } else {
    parse_head(root, context, document.rule);
    if (document.kind == DocumentKind::kRule) parse_rule(root, context, document.rule);
    if (document.kind == DocumentKind::kFilter) parse_filter(root, context, document);
    if (document.kind == DocumentKind::kCorrelation) read_correlation(root, context, document.rule);
  }
  document.is_runnable = document.kind == DocumentKind::kRule && !report.has_errors();
  document.problems = report.problems();
  return document;
}

}  // namespace nepho::sigma
