#include "sigma/correlation_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

#include "base/printable.h"
#include "sigma/behaviour_parser.h"
#include "sigma/condition.h"
#include "sigma/correlation_condition.h"
#include "sigma/errors.h"
#include "text/nearest.h"
#include "text/timespan.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

constexpr auto kKeys = std::to_array<std::string_view>(
    {"type", "rules", "group-by", "aliases", "timespan", "generate", "condition"});

class CorrelationParser {
 public:
  CorrelationParser(const YamlNode& root, const ParseContext& context)
      : root_(root),
        key_(*root.find_key("correlation")),
        node_(*root.find("correlation")),
        context_(context) {}

  std::optional<Correlation> parse() {
    if (!node_.is_mapping()) {
      error(kWrongType, "'correlation' expects a mapping", node_,
            "write 'correlation:' with type, rules, group-by, timespan and condition below it");
      return std::nullopt;
    }
    const bool has_type = parse_type();
    check_keys(has_type);
    parse_rules();
    parse_group_by();
    parse_timespan();
    parse_generate();
    const bool is_ours = has_type && is_behaviour(correlation_.type);
    if (is_ours) read_behaviour(node_, context_, correlation_);
    if (has_type) parse_condition();
    if (is_ours) check_behaviour(key_, node_, context_, correlation_);
    parse_aliases();
    if (context_.report.has_errors()) return std::nullopt;
    return std::move(correlation_);
  }

 private:
  void error(ErrorCode code, std::string message, const YamlNode& at, std::string hint = {}) {
    context_.report.add_error({code, std::move(message), at.place(context_.file), std::move(hint)});
  }

  void check_keys(bool has_type) {
    std::vector<std::string_view> keys(kKeys.begin(), kKeys.end());
    if (has_type) std::ranges::copy(behaviour_keys(correlation_.type), std::back_inserter(keys));
    for (const auto& [key, value] : node_.members) {
      if (std::ranges::count(keys, key.text) != 0) continue;
      // Without a type it is not known what else there may be.
      if (!has_type && (key.text == "field" || key.text.starts_with("x_"))) continue;
      const std::string near = text::did_you_mean(key.text, keys);
      error(kUnknownCorrelationKey,
            fmt::format("'{}' is not a key of a correlation", escape_for_log(key.text)), key,
            near.empty() ? fmt::format("expected one of {}", fmt::join(keys, ", ")) : near);
    }
  }

  bool parse_type() {
    const YamlNode* type = node_.find("type");
    if (type == nullptr || !type->is_scalar() || type->text.empty()) {
      error(kMissingKey, "the correlation has no type", type == nullptr ? key_ : *type,
            fmt::format("add 'type:' with one of {}", fmt::join(correlation_types(), ", ")));
      return false;
    }
    const auto types = correlation_types();
    const auto found = std::ranges::find(types, type->text);
    if (found == types.end()) {
      const std::string near = text::did_you_mean(type->text, types);
      error(kUnknownCorrelationType,
            fmt::format("'{}' is no type of correlation", escape_for_log(type->text)), *type,
            near.empty() ? fmt::format("expected one of {}", fmt::join(types, ", ")) : near);
      return false;
    }
    correlation_.type = static_cast<CorrelationType>(found - types.begin());
    return true;
  }

  // A scalar or a list of scalars, none empty; `what` names them in messages.
  std::vector<const YamlNode*> texts(const YamlNode& node, std::string_view what) {
    std::vector<const YamlNode*> found;
    const auto take = [&](const YamlNode& item) {
      if (item.is_scalar() && !item.text.empty() && !item.is_null()) {
        found.push_back(&item);
      } else {
        error(kWrongType, fmt::format("{} expects a text or a list of texts", what), item);
      }
    };
    if (node.is_sequence()) {
      for (const YamlNode& item : node.items) take(item);
    } else {
      take(node);
    }
    return found;
  }

  void parse_rules() {
    const YamlNode* rules = node_.find("rules");
    if (rules == nullptr) return take_rules_from_condition();
    for (const YamlNode* item : texts(*rules, "'rules'")) add_rule(item->text, *item);
    if (correlation_.rules.empty())
      error(kMissingKey, "the correlation names no rules", *rules,
            "list ids or names of rules, one a line behind '- '");
  }

  void add_rule(const std::string& text, const YamlNode& at) {
    if (std::ranges::count(correlation_.rules, text, &RuleReference::text) != 0) {
      context_.report.add_warning({kRepeatedReference,
                                   fmt::format("'{}' is listed twice", escape_for_log(text)),
                                   at.place(context_.file), "it counts once"});
      return;
    }
    if (correlation_.rules.size() == context_.limits.max_rules_per_correlation)
      return error(kTooMany,
                   fmt::format("a correlation may refer to {} rules",
                               context_.limits.max_rules_per_correlation),
                   at);
    correlation_.rules.push_back({text, at.line, at.column, std::nullopt});
  }

  // Of a temporal type the written condition says which rules are meant.
  void take_rules_from_condition() {
    const YamlNode* condition = node_.find("condition");
    const bool is_written = condition != nullptr && condition->is_scalar();
    if (!is_written || !is_temporal(correlation_.type))
      return error(kMissingKey, "the correlation names no rules", key_,
                   "add 'rules:' with their ids or names");
    for (const std::string& name : names_in_condition(condition->text)) add_rule(name, *condition);
  }

  void parse_group_by() {
    const YamlNode* group_by = node_.find("group-by");
    if (group_by == nullptr || group_by->is_null()) return;
    for (const YamlNode* field : texts(*group_by, "'group-by'")) {
      if (std::ranges::count(correlation_.group_by, field->text) == 0)
        correlation_.group_by.push_back(field->text);
    }
  }

  void parse_timespan() {
    const YamlNode* timespan = node_.find("timespan");
    constexpr auto kHint = "write a whole number and s, m, h or d: 'timespan: 90m'";
    if (timespan == nullptr || timespan->is_null())
      return error(kMissingKey, "the correlation has no timespan", key_, kHint);
    const auto span = text::parse_timespan(timespan->text);
    if (!timespan->is_scalar() || !span || *span <= std::chrono::seconds(0))
      return error(
          kBadTimespan,
          fmt::format("expected a timespan above 0, found '{}'", escape_for_log(timespan->text)),
          *timespan, kHint);
    correlation_.timespan = *span;
  }

  // The specification has it at the top of the document, pySigma in the correlation.
  void parse_generate() {
    for (const YamlNode* in : {&root_, &node_}) {
      const YamlNode* generate = in->find("generate");
      if (generate == nullptr || generate->is_null()) continue;
      const auto value = generate->boolean();
      if (!value) {
        error(kWrongType, "'generate' expects true or false", *generate);
      } else {
        correlation_.generate = *value;
      }
    }
  }

  void parse_condition() {
    read_correlation_condition(key_, node_.find("condition"), context_, correlation_);
  }

  void parse_aliases() {
    const YamlNode* aliases = node_.find("aliases");
    if (aliases == nullptr || aliases->is_null()) return;
    if (!aliases->is_mapping())
      return error(kWrongType, "'aliases' expects a mapping", *aliases,
                   "write '<alias>:' and below it '<rule>: <field>'");
    for (const auto& [name, fields] : aliases->members) add_alias(name, fields);
  }

  void add_alias(const YamlNode& name, const YamlNode& fields) {
    CorrelationAlias alias{name.text, {}};
    if (!fields.is_mapping() || fields.members.empty())
      return error(kWrongType,
                   fmt::format("the alias '{}' expects a mapping", escape_for_log(name.text)),
                   fields.line == 0 ? name : fields, "write '<rule>: <field>' below it");
    for (const auto& [rule, field] : fields.members) {
      if (!field.is_scalar() || field.text.empty()) {
        error(kWrongType, "expected the name of a field", field);
        continue;
      }
      alias.fields.push_back({{rule.text, rule.line, rule.column, std::nullopt}, field.text});
    }
    correlation_.aliases.push_back(std::move(alias));
  }

  const YamlNode& root_;
  const YamlNode& key_;
  const YamlNode& node_;
  const ParseContext& context_;
  Correlation correlation_;
};

}  // namespace

std::optional<Correlation> parse_correlation(const YamlNode& root, const ParseContext& context) {
  return CorrelationParser(root, context).parse();
}

}  // namespace nepho::sigma
