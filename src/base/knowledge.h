// The files under knowledge/ as they were compiled into the program, with the user's own folder of
// the same shape laid over them (--knowledge DIR).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nepho {

// One file of knowledge. `path` is relative to knowledge/ and uses '/'. `place` names it in
// messages: "knowledge/logsources/aws.cloudtrail.yml" for a built-in one, else the real path.
struct KnowledgeFile {
  std::string path;
  std::string_view content;
  std::string place;
  // The same, read when the program was built (text/yaml_pack.h); empty for a file of the user's
  // and for what is no YAML.
  std::string_view prepared = {};
};

// Immutable after lay_over(); safe to read from many threads. Views point into the program or into
// this object and live as long as it does.
class Knowledge {
 public:
  // What was compiled in.
  Knowledge();
  Knowledge(const Knowledge&) = delete;
  Knowledge& operator=(const Knowledge&) = delete;
  Knowledge(Knowledge&&) = default;
  Knowledge& operator=(Knowledge&&) = default;

  // Adds the files of `folder`; one with the same relative path takes the built-in one's place.
  Result<void> lay_over(const std::filesystem::path& folder);

  // The file at `path`, or nullptr.
  const KnowledgeFile* find(std::string_view path) const;
  // All files whose path starts with `prefix` ("rules/aws/"), in path order.
  std::vector<const KnowledgeFile*> list(std::string_view prefix) const;

 private:
  std::map<std::string, KnowledgeFile, std::less<>> files_;
  // Owns what lay_over() read; a node-based container keeps the views into it valid.
  std::map<std::string, std::string> laid_over_;
};

}  // namespace nepho
