// Writing a file piece by piece, so that a reader sees the old file or the whole new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nepho {

// Whether a power cut may take away a file that was just put in place: kFlushed waits for the disk,
// which a command that writes thousands of files, all of which it can make again, need not.
enum class Durability : std::uint8_t { kFlushed, kCached };

// A file being written. A regular or new one goes to a file beside it, which commit() renames into
// place; a device, pipe or symbolic link is written straight (cli.md). Destroyed
// without commit(), it leaves what was there before. Not thread-safe.
class FileWriter {
 public:
  // Fails with kCannotWrite; so do write() and commit(), after which nothing more is written.
  static Result<FileWriter> open(const std::filesystem::path& path);
  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter();

  // Whether `path` is written beside and renamed, and not straight.
  static bool replaces(const std::filesystem::path& path);

  // Unbuffered: one system call or more.
  Result<void> write(std::string_view content);
  // Puts the file in place. To be called once, last.
  Result<void> commit(Durability durability = Durability::kFlushed);

 private:
  FileWriter(std::filesystem::path path, std::string temporary, int fd);
  std::unexpected<Error> failure();

  std::filesystem::path path_;
  std::string temporary_;  // empty when written straight
  int fd_;
};

}  // namespace nepho
