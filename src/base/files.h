// Reading and writing whole files, and finding the files that the user's arguments mean.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_writer.h"
#include "base/problem.h"
#include "base/result.h"

namespace nepho {

inline constexpr ErrorCode kCannotRead{"base.cannot_read"};
inline constexpr ErrorCode kCannotWrite{"base.cannot_write"};
inline constexpr ErrorCode kTooLarge{"base.too_large"};
inline constexpr ErrorCode kNoSuchPath{"base.no_such_path"};

// The whole file. Fails when it cannot be read or is larger than `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

// Writes `content` so that a reader sees the old file or the new one, never a half: to a new file
// beside it, synced where it is to be kFlushed, then renamed. A device, pipe or symbolic link is
// written straight (cli.md).
Result<void> write_file(const std::filesystem::path& path, std::string_view content,
                        Durability durability = Durability::kFlushed);

// Writes `content` behind what the file holds, or makes it. Not synced. What could not be written
// whole is taken away again.
Result<void> append_to_file(const std::filesystem::path& path, std::string_view content);

// Whether write_file() could write there now, for who has long work to do before: a folder that
// takes no new file is found out by making one. Nothing stays behind, and what is at `path` is not
// touched.
Result<void> check_can_write(const std::filesystem::path& path);

// What a list of path arguments stands for: files as they are, folders walked (in name order,
// without following links to folders), globs ('*', '?', '[') expanded; "-" is standard input and
// passes through. A walk that is refused somewhere goes on and leaves an error in `report`, as does
// an argument that means nothing. Sorted within each argument, each file once.
struct FoundFiles {
  std::vector<std::string> paths;
  LoadReport report;
};
FoundFiles find_files(const std::vector<std::string>& arguments);

// The text of the last system error, "Permission denied" and the like.
std::string last_system_error();

}  // namespace nepho
