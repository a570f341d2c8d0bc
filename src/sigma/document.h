// One document of a rule file, whatever it turned out to be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "sigma/parse_context.h"
#include "sigma/rule.h"
#include "text/yaml.h"

namespace nepho::sigma {

enum class DocumentKind : std::uint8_t {
  kRule,
  kCorrelation,
  kFilter,
  kOther,  // YAML without any of Sigma's keys
};

// A Sigma filter: what it takes away, and from which rules.
struct Filter {
  std::vector<std::string> rules;  // ids or names; empty with `any_rule`
  bool any_rule = false;
  Logsource logsource;  // empty parts fit all
  std::vector<Item> items;
  Expression condition;
  bool is_negated = false;  // the condition itself says "not"
};

// A plain value. `rule` holds what could be read, however little: the head of a correlation or
// filter too, and at least the place.
struct Document {
  DocumentKind kind = DocumentKind::kRule;
  Rule rule;
  std::optional<Filter> filter;  // of a kFilter without errors
  // A rule without errors; of a correlation, that all it refers to is one too, which
  // link_documents() finds out.
  bool is_runnable = false;
  std::vector<Problem> problems;
  MissingPlaceholders missing_placeholders;
};

// Reads one document. Never fails: what is wrong is in `problems`, and anything not understood is
// an error. `context.report` is not touched.
Document parse_document(const text::YamlNode& root, const ParseContext& context);

}  // namespace nepho::sigma
