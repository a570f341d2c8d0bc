#include "cli/rule_options.h"

#include "base/files.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

// Lays the file of --placeholders over `placeholders`.
Result<void> read_placeholders(Session& session, sigma::Placeholders& placeholders) {
  const auto path = session.arguments().value("--placeholders");
  if (!path) return {};
  const auto text = read_file(*path, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  auto read = sigma::parse_placeholders(*text, *path);
  if (!read) return std::unexpected(read.error());
  for (auto& [name, values] : *read) placeholders[name] = std::move(values);
  return {};
}

}  // namespace

Result<sigma::LoadOptions> rule_options(Session& session) {
  sigma::LoadOptions options;
  const Arguments& arguments = session.arguments();
  options.array_matching =
      arguments.declares("--array-matching") && arguments.has("--array-matching");
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace != nullptr) {
    for (auto& [name, values] : workspace::placeholders(**workspace))
      options.placeholders[name] = values;
    if ((*workspace)->filters == workspace::FilterReading::kAsWritten)
      options.filters = sigma::FilterReading::kAsWritten;
  }
  if (auto read = read_placeholders(session, options.placeholders); !read) {
    return std::unexpected(read.error());
  }
  return options;
}

Option array_matching_option() {
  return {.name = "--array-matching",
          .help =
              "[any], [all], [all_or_empty], [none] and [N] in field names select elements of "
              "arrays (proposal SEP #212)"};
}

Result<sigma::Placeholders> invented_organisation(Session& session) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace != nullptr) return sigma::Placeholders{};
  const KnowledgeFile* file = session.knowledge().find("intel/organisation.yml");
  if (file == nullptr) return sigma::Placeholders{};
  auto lists = sigma::parse_placeholders(file->content, file->place);
  if (!lists) return lists;
  if (auto read = read_placeholders(session, *lists); !read) return std::unexpected(read.error());
  return lists;
}

}  // namespace nepho::cli
