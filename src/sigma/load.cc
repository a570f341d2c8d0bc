#include "sigma/load.h"

#include <algorithm>
#include <iterator>

#include "base/files.h"
#include "sigma/collection.h"

namespace nepho::sigma {
namespace {

Document broken(Error error, const std::string& file) {
  Document document;
  document.rule.place = {.file = file};
  document.problems.push_back({Severity::kError, std::move(error), {}});
  return document;
}

bool is_yaml_path(std::string_view path) {
  return path.ends_with(".yml") || path.ends_with(".yaml");
}

}  // namespace

std::vector<Document> parse_documents(std::string_view yaml, const std::string& file,
                                      const LoadOptions& options) {
  return parse_documents(text::parse_yaml_stream(yaml, file, options.limits), file, options);
}

std::vector<Document> parse_documents(text::YamlStream stream, const std::string& file,
                                      const LoadOptions& options) {
  std::vector<Document> documents;
  LoadReport report;
  const ParseContext context{file,    options.placeholders,  options.limits, report,
                             nullptr, options.array_matching};
  for (const text::YamlNode& root :
       carry_out_actions(std::move(stream.documents), file, options.limits, report))
    documents.push_back(parse_document(root, context));
  for (const Problem& problem : report.problems()) documents.push_back(broken(problem.error, file));
  if (stream.error) documents.push_back(broken(*std::move(stream.error), file));
  return documents;
}

std::vector<Document> read_documents(const std::vector<std::string>& arguments,
                                     const LoadOptions& options, LoadReport& report) {
  FoundFiles found = find_files(arguments);
  report.append(std::move(found.report));
  std::vector<Document> documents;
  for (const std::string& path : found.paths) {
    if (!is_yaml_path(path) && std::ranges::count(arguments, path) == 0) continue;
    const auto text =
        read_file(path == "-" ? "/dev/stdin" : path, options.limits.max_document_bytes);
    if (!text) {
      documents.push_back(broken(text.error(), path));
      continue;
    }
    std::vector<Document> more = parse_documents(*text, path, options);
    std::move(more.begin(), more.end(), std::back_inserter(documents));
  }
  return documents;
}

std::vector<Document> load_documents(const std::vector<std::string>& arguments,
                                     const LoadOptions& options, LoadReport& report) {
  std::vector<Document> documents = read_documents(arguments, options, report);
  link_documents(documents, options);
  return documents;
}

std::vector<Rule> take_rules(std::vector<Document> documents, LoadReport& report) {
  std::vector<Rule> rules;
  for (Document& document : documents) {
    for (Problem& problem : document.problems)
      report.add(problem.severity, std::move(problem.error), std::move(problem.fix));
    if (document.is_runnable) rules.push_back(std::move(document.rule));
  }
  return rules;
}

std::vector<Rule> load_rules(const std::vector<std::string>& arguments, const LoadOptions& options,
                             LoadReport& report) {
  return take_rules(load_documents(arguments, options, report), report);
}

}  // namespace nepho::sigma
