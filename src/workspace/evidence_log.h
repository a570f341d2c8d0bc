// What the exercises of a workspace showed: kept in .nephometer/nephometer.db, only ever added to.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"

namespace nepho::workspace {

inline constexpr std::string_view kDatabaseFile = "nephometer.db";

// Which evidence to read; by default all.
struct EvidenceFilter {
  std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> since;  // played then or later
  std::vector<std::string> procedures;                                   // ids; empty: every one
  // Of each procedure, provider and kind the last one played (the last added of the same time).
  bool latest_only = false;
};

// Adds the evidence behind what is there, all of it or none; makes the database where it is
// missing. Fails with store's codes, or with kCannotWrite for the folder. Two programs at once both
// succeed. Cost: one commit, some milliseconds for thousands.
Result<void> append_evidence(const std::filesystem::path& workspace_folder,
                             std::span<const evidence::Evidence> evidence);

// What was kept, by time of play and then in the order of adding. Nothing when no exercise was ever
// played here: reading makes no file. Evidence of a kind that this version does not know is left
// out (a newer database is refused before that).
//
// Cost: about 4 us each; a team that plays 300 procedures a day has 100 000 in a year.
Result<std::vector<evidence::Evidence>> read_evidence(const std::filesystem::path& workspace_folder,
                                                      const EvidenceFilter& filter = {});

}  // namespace nepho::workspace
