// How often each rule fired when `nepho detect` last ran in the workspace: information for
// `coverage` ("fired"), not proof. Kept in .nephometer/fired.json (docs/formats/nephometer-yml.md).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "workspace/seen_logs.h"

namespace nepho::workspace {

// A plain value; its texts were written by whoever wrote the rules and the logs.
struct FiredRule {
  std::string id;         // as in the rule; may be empty
  std::string path;       // as kept_path() gives it; with `id` it names the rule
  std::string digest;     // of the file's content, to know an edited rule by
  std::size_t count = 0;  // findings, folded ones counted in full
  std::string last_time;  // RFC 3339, of the latest event that made it fire; may be empty
};

// One run of detect. Rules that did not fire stand here too, with a count of 0: that a rule was run
// and stayed silent differs from not having been run.
struct Fired {
  std::string time;  // RFC 3339, when detect ran
  std::size_t num_events = 0;
  std::string first_event_time;  // may be empty
  std::string last_event_time;
  std::vector<FiredRule> rules;  // sorted by path, then id
  SeenLogs log_sources;          // of this run and those before it

  // The entry of a rule, or nullptr. O(log rules): holds only while `rules` is sorted, as
  // write_fired() and read_fired() leave it.
  const FiredRule* find(std::string_view id, std::string_view path) const;
};

// The path of a rule's file in the form that is kept: from the workspace's folder when it lies
// below, else absolute; the same whatever folder the program runs in.
std::string kept_path(const std::filesystem::path& workspace_folder,
                      const std::filesystem::path& file);

// Takes the place of what the workspace's folder kept before, whole or not at all; makes
// .nephometer/ where it is missing. Two runs at once do not mix: the later file wins as a whole.
// Fails with kCannotWrite.
Result<void> write_fired(const std::filesystem::path& workspace_folder, Fired fired);

// What was kept; an empty Fired when detect never ran here. A file that is none of ours fails with
// kBadFired and its place. Members that are missing or strange are read as empty or 0, since the
// next run makes all of it anew. At most Limits::max_document_bytes are read.
Result<Fired> read_fired(const std::filesystem::path& workspace_folder);

}  // namespace nepho::workspace
