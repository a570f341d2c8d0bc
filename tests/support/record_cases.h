// Records of log sources with what is to be found in them, as tests/logsources/<id>.yml holds them:
//
//   - name: A role is granted            what is particular about the record; may be left out
//     is: entra.audit                    the log source by which it is known
//     record: {time: ..., ...}           a mapping, or JSON text; may be wrapped, but is one record
//     time: 2026-03-01T03:04:05Z         what a finding would show: also event_name, actor,
//     actor: marit@example.com           source_ip, user_agent, account, region, outcome; null or
//     user_agent: null                   an empty text for nothing
//     logsource: [{product: azure, service: auditlogs}]       of rules that must reach the record
//     matches:                           each the one selection of a Sigma rule; a text or a list
//     is
//       - {OperationName|startswith: Add}                     one of keywords
//     not_matches:
//       - {Category: UserManagement}
//
// Everything but `is` and `record` may be left out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/problem.h"
#include "sigma/logsource.h"

namespace nepho::tests {

// What a rule with one selection is to say of the record.
struct SelectionCase {
  std::string selection;  // JSON, which is YAML: what stands behind "selection:"
  bool matches = true;
  std::size_t line = 0;  // in the file of cases, for messages
};

struct RecordCase {
  std::string name;
  std::string source;  // "entra.audit"
  std::string record;  // JSON
  // By key ("actor"): what a finding shows; empty for nothing.
  std::map<std::string, std::string> shown;
  std::vector<sigma::Logsource> logsources;
  std::vector<SelectionCase> selections;
  std::size_t line = 0;
};

// The cases of one file. A faulty one is left out; `report` says why.
std::vector<RecordCase> read_record_cases(const std::filesystem::path& file, LoadReport& report);

}  // namespace nepho::tests
