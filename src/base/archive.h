// Files within zip and tar archives, read in place: nothing is ever written to disk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/result.h"

namespace nepho {

inline constexpr ErrorCode kTooManyMembers{"base.too_many_members"};
inline constexpr ErrorCode kNestedArchive{"base.nested_archive"};
inline constexpr ErrorCode kNoSuchMember{"base.no_such_member"};

// Between the path of an archive and the name of a file in it: "logs.zip!/2026/03/01.json.gz".
inline constexpr std::string_view kMemberMark = "!/";

// Puts in place of every archive among the files those in it, in the archive's order: zip, and tar
// plain or packed by gzip or zstd, known by their bytes. Names are shown and never used as paths.
// Of members with one name the second and later ones get a number ("a.json~2"). What is no regular
// file is left out. Errors are an archive that cannot be read, an encrypted member, and more than
// Limits::max_archive_members. An archive of which some could be listed keeps those. Cost: opens
// every file; reads a tar to its end, and a zip as far as below.
//
// An archive in an archive is looked into likewise ("outer.zip!/inner.tar!/a.json"), down to
// Limits::max_archive_depth, unless it is named as a log (".json", ".log.gz"): then, and deeper, it
// is to the reader a file that looks_like_archive(). All in one file on disk share its bounds: of
// members, and of what they unpack to beside what was read of that file.
void expand_archives(FoundFiles& files, const Limits& limits = kDefaultLimits);

// Whether a file that begins so is a zip or tar archive.
bool looks_like_archive(std::string_view head);
// As many bytes as that takes.
inline constexpr std::size_t kArchiveHeadBytes = 512;

// Opens files, plain or in an archive. Keeps the archive of the last one open where it stands, so
// that members opened in their order cost one pass over it. What it gives must not be used any more
// once another is opened. One owner, no threads.
class FileOpener {
 public:
  explicit FileOpener(const Limits& limits = kDefaultLimits);
  ~FileOpener();
  FileOpener(FileOpener&&) noexcept;
  FileOpener& operator=(FileOpener&&) noexcept;

  // The bytes of the file at `path` ("-" is standard input), as they are: members of archives as
  // unpacked by the archive, no further. A path that names a file on disk is that file, whatever
  // marks it holds.
  Result<std::unique_ptr<ByteSource>> open(const std::string& path);

  // The names of the members of the archive at `path`, each with the path and the mark before it.
  // Errors of archives within go to `report`.
  static Result<void> list(const std::string& path, const Limits& limits, LoadReport& report,
                           std::vector<std::string>& paths);

 private:
  class OpenArchive;
  static Result<void> list(OpenArchive& archive, std::size_t depth, const Limits& limits,
                           LoadReport& report, std::vector<std::string>& paths);
  bool refuses(const std::vector<std::string>& steps) const;
  Result<void> seek(const std::vector<std::string>& steps, std::size_t level);
  Result<void> open_archive(const std::vector<std::string>& steps, std::size_t level,
                            const std::string& path);

  Limits limits_;
  // The archives around the file opened last, each in the one before.
  std::vector<std::unique_ptr<OpenArchive>> archives_;
};

}  // namespace nepho
