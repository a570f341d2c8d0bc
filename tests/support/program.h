// The built program as a user runs it: arguments and files in; exit code, stdout and stderr out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::tests {

// What one run of the program left behind. `exit_code` is 128 + the signal for a run that a signal
// ended.
struct Run {
  int exit_code = -1;
  std::string out;
  std::string err;
  std::size_t peak_memory_bytes = 0;  // the most it held at once (getrusage's ru_maxrss)
};

// The exit code where the program itself cannot be started, as a shell has it.
inline constexpr int kCannotStart = 127;

// How to run it beyond its arguments.
struct RunOptions {
  std::string input;                   // its standard input; empty: /dev/null
  std::filesystem::path folder;        // its working folder; empty: this one's
  std::vector<std::string> variables;  // NAME=value, added to the environment
  std::string out_path;                // where stdout goes instead of Run::out ("/dev/full")
  bool as_nobody = false;              // without root's rights, where the test has them
  int timeout_s = 120;                 // then it is killed
};

// Runs `nepho ARGUMENTS...`, waits, and gives what it wrote. Not on a terminal, so without
// progress or colour. Fails the process (abort) only when nothing can be started at all.
Run run_nepho(const std::vector<std::string>& arguments, const RunOptions& options = {});

// A fresh folder that goes away with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }
  // Writes a file below the folder, with the folders it needs, and gives its path.
  std::string write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

// The whole file; empty when there is none.
std::string contents_of(const std::filesystem::path& path);

// The root of the source tree, for examples/ and knowledge/.
std::filesystem::path source_folder();

}  // namespace nepho::tests
