// Two places that bytes come from. Neither buffers: whoever reads has a block of its own to fill
// (stream/), or a window (packed_input.h), and a copy more would cost as much as parsing.
#include "base/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/files.h"

namespace nepho {
namespace {

// A file descriptor, closed at the end unless it is standard input.
class FileSource : public ByteSource {
 public:
  FileSource(int fd, std::string path, std::uint64_t size)
      : fd_(fd), path_(std::move(path)), size_(size) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    while (true) {
      const ssize_t got = ::read(fd_, out, capacity);
      if (got >= 0) {
        taken_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) {
        return fail(kCannotRead, "cannot read: " + last_system_error(),
                    Place{.file = path_, .offset = taken_});
      }
    }
  }

  std::uint64_t bytes_taken() const override { return taken_; }
  std::uint64_t size_hint() const override { return size_; }

 private:
  int fd_;
  std::string path_;
  std::uint64_t size_;
  std::uint64_t taken_ = 0;
};

class MemorySource : public ByteSource {
 public:
  MemorySource(std::string_view bytes, std::size_t chunk) : bytes_(bytes), chunk_(chunk) {}

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    const std::size_t count = std::min({capacity, chunk_, bytes_.size() - at_});
    std::memcpy(out, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

  std::uint64_t bytes_taken() const override { return at_; }
  std::uint64_t size_hint() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t chunk_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_source(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO, "standard input", 0);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return fail(kCannotRead, "cannot open: " + last_system_error(), Place{.file = path});
  }
  struct stat status{};
  const bool is_sized = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  // Read once, front to back: lets the kernel read ahead further.
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::make_unique<FileSource>(fd, path,
                                      is_sized ? static_cast<std::uint64_t>(status.st_size) : 0);
}

std::unique_ptr<ByteSource> memory_source(std::string_view bytes, std::size_t chunk) {
  return std::make_unique<MemorySource>(bytes, chunk);
}

}  // namespace nepho
