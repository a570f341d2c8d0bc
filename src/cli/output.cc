#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/files.h"
#include "cli/interrupt.h"

namespace nepho::cli {
namespace {

// What a pipe holds on Linux (pipe(7)): one write fills it.
constexpr std::size_t kBufferBytes = std::size_t{1} << 16U;

}  // namespace

Result<std::unique_ptr<Output>> Output::to_file(const std::filesystem::path& path) {
  auto file = FileWriter::open(path);
  if (!file) return std::unexpected(file.error());
  return std::unique_ptr<Output>(new Output(std::move(*file)));
}

void Output::write(std::string_view text) {
  if (is_closed_ || error_) return;
  num_bytes_ += text.size();
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) flush();
}

void Output::flush() {
  if (is_closed_ || error_ || buffer_.empty()) return;
  if (auto sent = send(buffer_); !sent) error_ = sent.error();
  buffer_.clear();
}

Result<void> Output::send(std::string_view text) {
  if (file_) return file_->write(text);
  while (!text.empty()) {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    // `nepho ... | head`: SIGPIPE is ignored (interrupt.h), so that we come to know here.
    if (written < 0 && errno == EPIPE) {
      is_closed_ = true;
      request_stop();
      return {};
    }
    if (written <= 0) {
      return fail(kCannotWrite, "cannot write to standard output: " + last_system_error());
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> Output::finish() {
  flush();
  if (error_) return std::unexpected(*error_);
  if (file_) return file_->commit();
  return {};
}

}  // namespace nepho::cli
