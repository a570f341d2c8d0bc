// Reads a folder of rules, whatever their formats.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "inventory/rule_file.h"
#include "sigma/document.h"
#include "sigma/load.h"

namespace nepho::inventory {

struct RuleFiles {
  std::vector<sigma::Document> documents;  // Sigma's, not linked yet (sigma::link_documents())
  std::vector<RuleFile> others;
};

// The files that read_rule_files() would look into, without standard input.
std::vector<std::string> rule_paths(const std::vector<std::string>& arguments);

// All rules in the files that `arguments` mean (base/files.h): a file named itself, and of folders
// those with the endings that rules have. The format is found out from the content. A YAML file, or
// one named itself, that is in none of the formats is taken for Sigma, as sigma::read_documents()
// would; another is no rule file and passed over. `report` is for arguments that mean nothing, and
// notes on files that were not looked into.
RuleFiles read_rule_files(const std::vector<std::string>& arguments,
                          const sigma::LoadOptions& options, LoadReport& report);

}  // namespace nepho::inventory
