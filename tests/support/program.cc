#include "tests/support/program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace nepho::tests {
namespace {

#ifndef NEPHO_PROGRAM
#define NEPHO_PROGRAM "nepho"
#endif

// Runs in the child between fork and exec, so on system calls only.
[[noreturn]] void become_program(std::vector<char*> arguments, const RunOptions& options,
                                 const std::string& input, const std::string& out,
                                 const std::string& err) {
  const int in_file = open(input.c_str(), O_RDONLY);
  const int out_file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_file = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(in_file, STDIN_FILENO);
  dup2(out_file, STDOUT_FILENO);
  dup2(err_file, STDERR_FILENO);
  for (const std::string& variable : options.variables) putenv(const_cast<char*>(variable.c_str()));
  if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
  constexpr uid_t kNobody = 65534;
  if (options.as_nobody && geteuid() == 0 && setuid(kNobody) != 0) _exit(126);
  alarm(static_cast<unsigned>(options.timeout_s));
  execv(NEPHO_PROGRAM, arguments.data());
  _exit(kCannotStart);
}

}  // namespace

Run run_nepho(const std::vector<std::string>& arguments, const RunOptions& options) {
  const TemporaryFolder folder;
  const std::string input =
      options.input.empty() ? "/dev/null" : folder.write("stdin", options.input);
  const std::string out =
      options.out_path.empty() ? (folder.path() / "stdout").string() : options.out_path;
  const std::string err = (folder.path() / "stderr").string();
  std::vector<char*> argv{const_cast<char*>(NEPHO_PROGRAM)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) std::abort();
  if (child == 0) become_program(argv, options, input, out, err);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  Run run;
  run.peak_memory_bytes = static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (options.out_path.empty()) run.out = contents_of(out);
  run.err = contents_of(err);
  return run;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "nepho-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::string TemporaryFolder::write(std::string_view name, std::string_view content) const {
  const auto file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file.string();
}

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path source_folder() { return NEPHO_SOURCE_DIR; }

}  // namespace nepho::tests
