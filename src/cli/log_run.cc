#include "cli/log_run.h"

#include <cstdint>
#include <filesystem>
#include <utility>

#include "cli/progress.h"

namespace nepho::cli {
namespace {

// Of all files together; 0 when it cannot be known beforehand (a pipe among them).
std::uint64_t total_bytes(const std::vector<std::string>& files) {
  std::uint64_t total = 0;
  for (const std::string& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) return 0;
    total += size;
  }
  return total;
}

}  // namespace

stream::RunResult run_with_progress(Session& session, const plan::Plan& plan,
                                    const std::vector<std::string>& files,
                                    stream::RunOptions options) {
  Progress progress(session.messages(), "reading", total_bytes(files), session.clock());
  if (session.messages().shows_transient()) {
    options.progress = [&](const stream::RunOptions::Progress& state) {
      progress.set_done(state.bytes_taken);
    };
  }
  return stream::run(plan, files, options);
}

}  // namespace nepho::cli
