// From the user's paths to rules that can be run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/problem.h"
#include "sigma/document.h"
#include "sigma/placeholders.h"
#include "text/yaml.h"

namespace nepho::sigma {

// How a filter's condition is meant. By convention (specification 2.1) plain selections are what is
// taken away, "rule and not selection", and a condition that is itself negated is joined as it
// stands; kAsWritten always joins it as it stands.
enum class FilterReading : std::uint8_t { kByConvention, kAsWritten };

struct LoadOptions {
  Placeholders placeholders;
  FilterReading filters = FilterReading::kByConvention;
  // Whether "[any]" and its like behind a field's name select elements of an array (array_field.h,
  // SEP #212). Without it they are a part of the name, with a warning that says so.
  bool array_matching = false;
  Limits limits = kDefaultLimits;
};

// The documents of one file's text, in order; a YAML error is a document of its own, after those
// before it. Filters are not applied yet.
std::vector<Document> parse_documents(std::string_view yaml, const std::string& file,
                                      const LoadOptions& options);
// The same of what has been read as YAML.
std::vector<Document> parse_documents(text::YamlStream stream, const std::string& file,
                                      const LoadOptions& options);

// What holds between documents: filters are applied to the rules they name (in the order of the
// documents), names without a rule and ids that repeat get a warning, and correlations are given
// what they refer to (correlation_link.h). Call once, with all of them.
void link_documents(std::vector<Document>& documents, const LoadOptions& options);

// All documents in the files that `arguments` mean (base/files.h): a file named itself, and of
// folders the *.yml and *.yaml. Not linked: more may come from elsewhere. A file that cannot be
// read is a document with that error; `report` is for arguments that mean nothing. Cost: about 70
// us a rule.
std::vector<Document> read_documents(const std::vector<std::string>& arguments,
                                     const LoadOptions& options, LoadReport& report);

// read_documents() and link_documents().
std::vector<Document> load_documents(const std::vector<std::string>& arguments,
                                     const LoadOptions& options, LoadReport& report);

// The rules that can be run; every problem of every document goes to `report`.
std::vector<Rule> take_rules(std::vector<Document> documents, LoadReport& report);

// load_documents() and take_rules().
std::vector<Rule> load_rules(const std::vector<std::string>& arguments, const LoadOptions& options,
                             LoadReport& report);

}  // namespace nepho::sigma
