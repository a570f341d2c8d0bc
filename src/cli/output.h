// Where a command's data goes: stdout, or the file of -o.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_writer.h"
#include "base/result.h"

namespace nepho::cli {

// Buffered. The file of -o appears when finish() is called and not before (file_writer.h).
//
// A reader that closed the pipe is no error: everything after is dropped and stop_requested()
// becomes true. Any other failure is kept, the rest dropped, and finish() returns it. Not
// thread-safe: one thread writes.
class Output {
 public:
  // To an open descriptor, which stays the caller's.
  explicit Output(int fd) : fd_(fd) {}
  // To a file; fails when it cannot be made, before any work is done.
  static Result<std::unique_ptr<Output>> to_file(const std::filesystem::path& path);

  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view text);
  // Sends what is buffered on, for output that comes as it arrives.
  void flush();
  // All written and in place, or why not.
  Result<void> finish();

  bool is_file() const { return file_.has_value(); }
  // Whether something of what was sent on could not be written.
  bool has_failed() const { return is_closed_ || error_.has_value(); }
  std::size_t num_bytes() const { return num_bytes_; }

 private:
  explicit Output(FileWriter file) : file_(std::move(file)) {}
  Result<void> send(std::string_view text);

  int fd_ = -1;
  std::optional<FileWriter> file_;
  std::string buffer_;
  std::size_t num_bytes_ = 0;
  std::optional<Error> error_;
  bool is_closed_ = false;  // by the reader
};

}  // namespace nepho::cli
