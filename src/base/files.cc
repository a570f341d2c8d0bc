#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "base/printable.h"

namespace nepho {
namespace {

namespace fs = std::filesystem;

// Closes its descriptor at the end of the scope, unless close() did before.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

Place at(const fs::path& path) { return Place{.file = path.string()}; }

std::unexpected<Error> cannot_write(const fs::path& path) {
  return fail(kCannotWrite, "cannot write: " + last_system_error(), at(path));
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> write_straight(const fs::path& path, std::string_view content) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file.is_open() || !write_all(file.get(), content) || !file.close()) {
    return cannot_write(path);
  }
  return {};
}

bool is_regular_or_new(const fs::path& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT;
  return S_ISREG(status.st_mode);
}

// The permissions a file at `path` has, or a new one would get.
mode_t mode_for(const fs::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

void walk(const fs::path& folder, FoundFiles& found) {
  std::error_code error;
  std::vector<fs::path> pending{folder};
  while (!pending.empty()) {
    const fs::path here = std::move(pending.back());
    pending.pop_back();
    std::vector<fs::path> folders;
    fs::directory_iterator entries(here, error);
    if (error) {
      found.report.add_error(
          Error(kCannotRead, "cannot list the folder: " + error.message(), at(here)));
      continue;
    }
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
      const fs::directory_entry& entry = *entries;
      std::error_code ignored;  // an entry that vanished is neither
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
        folders.push_back(entry.path());
      } else if (entry.is_regular_file(ignored)) {
        found.paths.push_back(entry.path().string());
      }
    }
    if (error) {
      found.report.add_error(
          Error(kCannotRead, "cannot list the whole folder: " + error.message(), at(here)));
    }
    pending.insert(pending.end(), folders.begin(), folders.end());
  }
}

// The paths a glob pattern matches; empty when none.
std::vector<std::string> expand_glob(const std::string& pattern) {
  glob_t matches{};
  std::vector<std::string> paths;
  if (::glob(pattern.c_str(), GLOB_TILDE, nullptr, &matches) == 0) {
    paths.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  }
  ::globfree(&matches);
  return paths;
}

void add_argument(const std::string& argument, FoundFiles& found) {
  std::error_code error;
  if (argument == "-") {
    found.paths.push_back(argument);
  } else if (fs::is_directory(argument, error)) {
    walk(argument, found);
  } else if (fs::exists(argument, error)) {
    found.paths.push_back(argument);
  } else if (const auto expanded = expand_glob(argument); !expanded.empty()) {
    for (const auto& path : expanded) add_argument(path, found);
  } else {
    const std::string reason = error ? error.message() : "no file, folder or glob match";
    found.report.add_error(Error(kNoSuchPath, reason, Place{.file = argument}));
  }
}

}  // namespace

std::string last_system_error() { return std::generic_category().message(errno); }

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return fail(kCannotRead, "cannot open: " + last_system_error(), at(path));
  struct stat status{};
  std::size_t expected = 0;
  if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)) {
    expected = std::min(static_cast<std::size_t>(status.st_size), max_bytes);
  }
  // One byte more shows the end; the rest is room to pad the text (JSON readers do) in place.
  constexpr std::size_t kSpare = 65;
  constexpr std::size_t kChunk = std::size_t{1} << 18U;
  std::string content;
  content.reserve(expected + kSpare);
  while (true) {
    const std::size_t held = content.size();
    const std::size_t chunk = held <= expected ? expected - held + 1 : kChunk;
    content.resize(held + chunk);
    const ssize_t got = ::read(file.get(), content.data() + held, chunk);
    content.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(kCannotRead, "cannot read: " + last_system_error(), at(path));
    if (content.size() > max_bytes) {
      return fail(kTooLarge, fmt::format("larger than the limit of {} bytes", max_bytes), at(path));
    }
    if (got == 0) return content;
  }
}

Result<void> write_file(const fs::path& path, std::string_view content) {
  if (!is_regular_or_new(path)) return write_straight(path, content);
  std::string name = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.is_open()) return cannot_write(path);
  const bool written = write_all(file.get(), content) &&
                       ::fchmod(file.get(), mode_for(path)) == 0 && ::fsync(file.get()) == 0 &&
                       file.close() && ::rename(name.c_str(), path.c_str()) == 0;
  if (written) return {};
  auto error = cannot_write(path);
  ::unlink(name.c_str());
  return error;
}

FoundFiles find_files(const std::vector<std::string>& arguments) {
  FoundFiles found;
  for (const auto& argument : arguments) {
    const auto begin = static_cast<std::ptrdiff_t>(found.paths.size());
    add_argument(argument, found);
    std::sort(found.paths.begin() + begin, found.paths.end());
  }
  std::unordered_set<std::string> seen;
  std::erase_if(found.paths, [&](const std::string& path) { return !seen.insert(path).second; });
  return found;
}

}  // namespace nepho
