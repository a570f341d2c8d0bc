// At every moment, also after a power cut, the name must lead to the old file or to the whole new
// one. So the new one is written beside it, since rename(2) is atomic only within a file system,
// synced, so that its bytes are on the disk before its name is, and then renamed over the old. The
// folder is not synced: what a power cut may undo is the renaming, and then the old file is whole.
// With Durability::kCached that holds of all but the power cut.
//
// A link is written through rather than replaced by a file, and a device or pipe has nothing that
// could be renamed over it: these are written straight.
#include "base/file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/files.h"

namespace nepho {
namespace {

bool is_regular_or_new(const std::filesystem::path& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT;
  return S_ISREG(status.st_mode);
}

// The permissions the file at `path` has, or a new one would get (mkostemp(3) makes files of 0600).
// The mask can only be asked by setting it: a file that another thread makes at that very moment
// would be open to all.
mode_t mode_for(const std::filesystem::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

FileWriter::FileWriter(std::filesystem::path path, std::string temporary, int fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(fd) {}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::exchange(other.fd_, -1)) {}

FileWriter::~FileWriter() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

bool FileWriter::replaces(const std::filesystem::path& path) { return is_regular_or_new(path); }

Result<FileWriter> FileWriter::open(const std::filesystem::path& path) {
  std::string temporary;
  int fd = -1;
  if (is_regular_or_new(path)) {
    temporary = path.string() + ".XXXXXX";
    fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0) temporary.clear();
  } else {
    fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  }
  FileWriter writer(path, std::move(temporary), fd);
  if (fd < 0) return writer.failure();
  return writer;
}

std::unexpected<Error> FileWriter::failure() {
  return fail(kCannotWrite, "cannot write: " + last_system_error(), Place{.file = path_.string()});
}

Result<void> FileWriter::write(std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd_, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failure();
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> FileWriter::commit(Durability durability) {
  const int fd = std::exchange(fd_, -1);
  if (temporary_.empty()) {
    if (::close(fd) != 0) return failure();
    return {};
  }
  const bool is_ready =
      ::fchmod(fd, mode_for(path_)) == 0 && (durability == Durability::kCached || ::fsync(fd) == 0);
  Result<void> result;
  if (!is_ready) result = failure();
  if (::close(fd) != 0 && is_ready) result = failure();
  if (!result) return result;  // the destructor removes the half
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure();
  temporary_.clear();
  return {};
}

}  // namespace nepho
