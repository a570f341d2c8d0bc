// What an argument means is asked of the disk first: a name that is there is itself, also when it
// reads like a glob ("a[1].yml"); only what is not there is expanded. Folders are walked with an
// explicit stack, so that depth costs none of the thread's, and links to folders are passed over,
// which ends every circle.
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

#include "base/file_writer.h"

namespace nepho {
namespace {

namespace fs = std::filesystem;

// Closes its descriptor at the end of the scope. What close(2) may fail with is of no interest
// after reading.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (is_open()) ::close(fd_);
  }
  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

Place at(const fs::path& path) { return Place{.file = path.string()}; }

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

// Adds the file at `path`, or those of the folder there. False, and why, when there is neither.
bool add_path(const std::string& path, FoundFiles& found, std::string& reason) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    walk(path, found);
    return true;
  }
  if (fs::exists(path, error)) {
    found.paths.push_back(path);
    return true;
  }
  std::error_code ignored;
  reason = error                           ? error.message()
           : fs::is_symlink(path, ignored) ? "the link leads nowhere"
                                           : "no file, folder or glob match";
  return false;
}

// What a glob gives is not expanded again: it gives links that lead nowhere too, and these match
// themselves for ever.
void add_argument(const std::string& argument, FoundFiles& found) {
  if (argument == "-") return found.paths.push_back(argument);
  std::string reason;
  if (add_path(argument, found, reason)) return;
  std::vector<std::string> matches = expand_glob(argument);
  if (matches.empty()) matches.push_back(argument);
  for (const auto& path : matches) {
    if (add_path(path, found, reason)) continue;
    found.report.add_error(Error(kNoSuchPath, reason, Place{.file = path}));
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

Result<void> write_file(const fs::path& path, std::string_view content, Durability durability) {
  auto writer = FileWriter::open(path);
  if (!writer) return std::unexpected(writer.error());
  if (auto written = writer->write(content); !written) return written;
  return writer->commit(durability);
}

Result<void> append_to_file(const fs::path& path, std::string_view content) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const off_t old_size = fd < 0 ? -1 : ::lseek(fd, 0, SEEK_END);
  bool is_written = fd >= 0;
  while (is_written && !content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    is_written = written > 0;
    if (is_written) content.remove_prefix(static_cast<std::size_t>(written));
  }
  Result<void> result;
  if (!is_written) {
    result =
        fail(kCannotWrite, "cannot write: " + last_system_error(), Place{.file = path.string()});
    if (old_size >= 0) static_cast<void>(::ftruncate(fd, old_size) == 0);
  }
  if (fd >= 0) ::close(fd);
  return result;
}

Result<void> check_can_write(const fs::path& path) {
  if (FileWriter::replaces(path)) {
    const auto writer = FileWriter::open(path);
    return writer ? Result<void>() : std::unexpected(writer.error());
  }
  // Opening a pipe would wait, opening a link would empty its file. One that leads nowhere yet is
  // fine.
  if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0 || errno == ENOENT) return {};
  return fail(kCannotWrite, "cannot write: " + last_system_error(), {.file = path.string()});
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
