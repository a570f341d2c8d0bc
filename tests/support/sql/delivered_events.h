// Logs as they were delivered, record by record: for tests that want events and no pipeline.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nepho::tests::sql {

// Every record in every file below `folder`, out of its envelope, files by their path. None
// when a file or a record cannot be read.
std::optional<std::vector<std::string>> delivered_events(const std::filesystem::path& folder);

// About `num_wanted` of `events`, at even distances.
std::vector<std::string> spread(const std::vector<std::string>& events, std::size_t num_wanted);

}  // namespace nepho::tests::sql
