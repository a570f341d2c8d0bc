#include "cli/rule_options.h"

#include "base/files.h"
#include "workspace/workspace.h"

namespace nepho::cli {

Result<sigma::LoadOptions> rule_options(Session& session) {
  sigma::LoadOptions options;
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace != nullptr) {
    for (auto& [name, values] : workspace::placeholders(**workspace))
      options.placeholders[name] = values;
    if ((*workspace)->filters == workspace::FilterReading::kAsWritten)
      options.filters = sigma::FilterReading::kAsWritten;
  }
  const auto path = session.arguments().value("--placeholders");
  if (!path) return options;
  const auto text = read_file(*path, options.limits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  auto placeholders = sigma::parse_placeholders(*text, *path);
  if (!placeholders) return std::unexpected(placeholders.error());
  for (auto& [name, values] : *placeholders) options.placeholders[name] = std::move(values);
  return options;
}

}  // namespace nepho::cli
