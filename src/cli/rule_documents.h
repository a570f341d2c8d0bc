// The rules that a command works on.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "inventory/references.h"
#include "inventory/rule_files.h"
#include "inventory/take.h"
#include "sigma/document.h"
#include "sigma/load.h"

namespace nepho::cli {

// What a workspace says of a path that it lists: which rules there count.
struct ListedRules {
  std::string path;
  std::string format;         // empty: of every format
  bool enabled_only = false;  // what is switched off is not even shown
};

// Where rules come from: paths, the built-in pack, or both.
struct RuleSources {
  std::vector<std::string> paths;
  std::vector<ListedRules> listed;  // of the paths that come from a workspace
  bool takes_pack = false;
};

// What --rules and --pack say, of a command that has them; without them what the workspace lists;
// outside a workspace the built-in pack. `more` are paths given in another way than --rules.
Result<RuleSources> rule_sources(Session& session, std::vector<std::string> more = {});

// Reads them, with the workspace's placeholders (rule_options.h), and `stand_ins` for those that it
// has no values for. Paths that mean nothing are
// reported; what is wrong with a document stands in the document.
Result<std::vector<sigma::Document>> load_rule_documents(Session& session,
                                                         const RuleSources& sources,
                                                         const sigma::Placeholders& stand_ins = {});

// The same with the rules of other formats beside Sigma's.
Result<inventory::RuleFiles> load_rule_files(Session& session, const RuleSources& sources);
// The detections that they are: Sigma's first, then the other formats', without what the
// workspace leaves out, copies marked (inventory/duplicates.h). Takes `others` over.
inventory::Inventory take_rule_files(inventory::RuleFiles& files, const RuleSources& sources,
                                     const inventory::References& references);
// The detections of rule_sources(), with the documents that Sigma's are made from. What cannot be
// read is reported. Fails where ATT&CK or the providers of --knowledge cannot be read, and where
// the rules' options are wrong.
struct ReadDetections {
  std::vector<inventory::Detection> detections;
  std::vector<sigma::Document> documents;
};
Result<ReadDetections> read_detections(Session& session, std::vector<std::string> more = {});
// Everything that makes the exit code 2: what could not be read, wherever it stands.
LoadReport reading_problems(const inventory::Inventory& inventory);
// Reports each --rules path that is there and holds no rule, with what it holds: whoever names it
// expects findings, and "0 findings" would look like a quiet cloud.
void report_paths_without_rules(Session& session, const std::vector<sigma::Document>& documents);

// A command's rules, and what their tags and log sources mean.
struct ReadRules {
  std::vector<sigma::Document> documents;
  inventory::References references;  // into the session
};

// The rules of rule_sources(), read by load_rule_documents(). Fails where these do, and when ATT&CK
// or the providers of --knowledge cannot be read.
Result<ReadRules> load_rules(Session& session, const sigma::Placeholders& stand_ins = {});

}  // namespace nepho::cli
