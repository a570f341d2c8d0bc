// libarchive reads the forms; what it may read is narrowed to zip and tar, so that a hostile file
// meets few of its parsers. A packed tar is unpacked by our own decompressors, which bound what
// they make.
#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/compression.h"
#include "base/packed_input.h"
#include "base/printable.h"

namespace nepho {
namespace {

using namespace std::string_view_literals;

// Where tar says what it is (POSIX.1-1988 "ustar", GNU tar 1.12), and how many bytes show it.
constexpr std::size_t kTarMagicAt = 257;
constexpr std::string_view kTarMagic = "ustar"sv;
// Of a packed file, enough to unpack as many.
constexpr std::size_t kPackedHeadBytes = 4096;
constexpr std::size_t kChunk = std::size_t{1} << 17U;

enum class Form : std::uint8_t { kNone, kZip, kTar };

Form form_of(std::string_view head) {
  // A local file header, or the end of an empty archive (APPNOTE.TXT 4.3.7, 4.3.16).
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv)) return Form::kZip;
  return head.size() >= kTarMagicAt + kTarMagic.size() &&
                 head.substr(kTarMagicAt).starts_with(kTarMagic)
             ? Form::kTar
             : Form::kNone;
}

std::string read_up_to(ByteSource& source, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t held = 0;
  while (held < size) {
    const auto got = source.read(bytes.data() + held, size - held);
    if (!got || *got == 0) break;
    held += *got;
  }
  bytes.resize(held);
  return bytes;
}

// What a source begins with, and the archive that it is by the first bytes of what it unpacks to.
struct Sniffed {
  Form form = Form::kNone;
  std::string head;
};

Sniffed sniff(ByteSource& source, const Limits& limits) {
  Sniffed sniffed;
  sniffed.head = read_up_to(source, kArchiveHeadBytes);
  if (sniff_compression(sniffed.head) == Compression::kNone) {
    sniffed.form = form_of(sniffed.head);
    return sniffed;
  }
  sniffed.head += read_up_to(source, kPackedHeadBytes);
  PackedBuffer buffer;
  auto unpacked = unpack(memory_source(sniffed.head), "", buffer, limits);
  if (unpacked) sniffed.form = form_of(read_up_to(**unpacked, kArchiveHeadBytes));
  return sniffed;
}

// Of a file on disk.
Form sniff_archive(const std::string& path, const Limits& limits) {
  auto source = open_source(path);
  return source ? sniff(**source, limits).form : Form::kNone;
}

// What was read of a source already, and the rest of it.
class HeadedSource : public ByteSource {
 public:
  HeadedSource(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}
  Result<std::size_t> read(char* out, std::size_t capacity) override {
    if (given_ == head_.size()) return rest_->read(out, capacity);
    const std::size_t size = head_.copy(out, capacity, given_);
    given_ += size;
    return size;
  }
  std::uint64_t bytes_taken() const override { return rest_->bytes_taken(); }

 private:
  std::string head_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

// Whether a file of an archive is worth a look for one in it: what is named as a log is not, since
// to look costs to read it. If it is one all the same, its reader will say so.
bool may_be_archive(std::string_view name) {
  for (const std::string_view packed : {".gz"sv, ".zst"sv}) {
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  constexpr std::array kLogs = {".json"sv, ".ndjson"sv, ".jsonl"sv, ".log"sv,
                                ".csv"sv,  ".txt"sv,    ".yml"sv,   ".yaml"sv};
  return std::ranges::none_of(kLogs, [&](std::string_view end) { return name.ends_with(end); });
}

bool exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error) || error;
}

// The archive's path and the names of the members that lead to the one `path` names; nothing when
// it names none.
std::vector<std::string> split_member(const std::string& path) {
  for (std::size_t at = path.find(kMemberMark); at != std::string::npos;
       at = path.find(kMemberMark, at + 1)) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path.substr(0, at), error)) continue;
    std::vector<std::string> steps;
    for (std::size_t begin = 0; begin != std::string::npos;) {
      steps.push_back(path.substr(begin, at == std::string::npos ? at : at - begin));
      begin = at == std::string::npos ? at : at + kMemberMark.size();
      at = begin == std::string::npos ? begin : path.find(kMemberMark, begin);
    }
    return steps;
  }
  return {};
}

// One name for each member: repeated ones get a number. None holds the mark, so that a path leads
// to one member only.
class Names {
 public:
  std::string next(std::string name) {
    for (std::size_t at = name.find(kMemberMark); at != std::string::npos;
         at = name.find(kMemberMark))
      name[at] = '_';
    const std::size_t count = ++counts_[name];
    return count == 1 ? name : fmt::format("{}~{}", name, count);
  }

 private:
  std::unordered_map<std::string, std::size_t> counts_;
};

}  // namespace

// An archive, on disk or in another one, and how far it was read. One in another counts what it
// unpacks against what was read of the file on disk, together with all others in it.
class FileOpener::OpenArchive {
 public:
  static Result<std::unique_ptr<OpenArchive>> open(const std::string& path, const Limits& limits) {
    auto source = open_source(path);
    if (!source) return std::unexpected(std::move(source.error()));
    auto opened = std::unique_ptr<OpenArchive>(new OpenArchive(path, limits));
    const Form form = sniff_archive(path, limits);
    archive* const handle = opened->handle_.get();
    ::archive_read_support_filter_none(handle);
    int status = ARCHIVE_OK;
    if (form == Form::kZip) {
      // By name, so that it can go to the directory at the end.
      ::archive_read_support_format_zip_seekable(handle);
      status = ::archive_read_open_filename(handle, path.c_str(), kChunk);
    } else {
      auto unpacked = unpack(std::move(*source), path, opened->packed_, limits);
      if (!unpacked) return std::unexpected(std::move(unpacked.error()));
      opened->source_ = std::move(*unpacked);
      ::archive_read_support_format_tar(handle);
      status = ::archive_read_open(handle, opened.get(), nullptr, &OpenArchive::read_more, nullptr);
    }
    if (status != ARCHIVE_OK) return std::unexpected(opened->error("not readable as an archive"));
    return opened;
  }

  // The archive that is the member to which `outer` has moved; null where it is none. `outer` must
  // outlive it and stay where it is.
  static Result<std::unique_ptr<OpenArchive>> open_in(OpenArchive& outer, const std::string& path,
                                                      const Limits& limits) {
    auto member = std::make_unique<MemberSource>(outer);
    Sniffed sniffed = sniff(*member, limits);
    if (sniffed.form == Form::kNone) return nullptr;
    auto opened = std::unique_ptr<OpenArchive>(new OpenArchive(path, limits));
    opened->outermost_ = outer.outermost_ == nullptr ? &outer : outer.outermost_;
    opened->source_ = std::make_unique<HeadedSource>(std::move(sniffed.head), std::move(member));
    if (sniffed.form == Form::kTar) {
      auto unpacked = unpack(std::move(opened->source_), path, opened->packed_, limits);
      if (!unpacked) return std::unexpected(std::move(unpacked.error()));
      opened->source_ = std::move(*unpacked);
    }
    archive* const handle = opened->handle_.get();
    ::archive_read_support_filter_none(handle);
    sniffed.form == Form::kTar ? ::archive_read_support_format_tar(handle)
                               : ::archive_read_support_format_zip_streamable(handle);
    if (::archive_read_open(handle, opened.get(), nullptr, &OpenArchive::read_more, nullptr) !=
        ARCHIVE_OK)
      return std::unexpected(opened->error("not readable as an archive"));
    return opened;
  }

  // The bytes of the member that it has moved to; it must not move while they are read.
  class MemberSource : public ByteSource {
   public:
    explicit MemberSource(OpenArchive& from) : archive_(from) {}
    Result<std::size_t> read(char* out, std::size_t capacity) override {
      return archive_.read(out, capacity);
    }
    std::uint64_t bytes_taken() const override { return archive_.bytes_taken(); }

   private:
    OpenArchive& archive_;
  };

  const std::string& path() const { return path_; }

  // Moves to the next regular file; its name, or nothing at the end.
  Result<std::optional<std::string>> next() {
    archive_entry* entry = nullptr;
    if (auto passed = pass_member(); !passed) return std::unexpected(std::move(passed.error()));
    while (true) {
      const int status = ::archive_read_next_header(handle_.get(), &entry);
      if (status == ARCHIVE_EOF) return std::optional<std::string>();
      if (status == ARCHIVE_RETRY) continue;
      if (status < ARCHIVE_WARN) return std::unexpected(error("broken archive"));
      if (::archive_entry_filetype(entry) != AE_IFREG) continue;
      if (++outermost().num_members_ > limits_.max_archive_members)
        return fail(kTooManyMembers,
                    fmt::format("more than {} files in the archive", limits_.max_archive_members),
                    Place{.file = path_});
      is_encrypted_ = ::archive_entry_is_encrypted(entry) != 0;
      has_no_size_ = ::archive_entry_size_is_set(entry) == 0;
      const char* const name = ::archive_entry_pathname_utf8(entry);
      const char* const raw = name != nullptr ? name : ::archive_entry_pathname(entry);
      return std::optional(names_.next(raw != nullptr ? raw : "?"));
    }
  }
  bool is_encrypted() const { return is_encrypted_; }

  // Of the member that next() moved to.
  Result<std::size_t> read(char* out, std::size_t capacity) {
    if (source_error_) return std::unexpected(*source_error_);
    if (is_encrypted_)
      return fail(kCannotRead, "the archive's file is encrypted", Place{.file = path_},
                  "unpack it with its password");
    const la_ssize_t got = ::archive_read_data(handle_.get(), out, capacity);
    if (source_error_) return std::unexpected(*source_error_);
    if (got < 0) return std::unexpected(error("broken archive"));
    std::uint64_t& unpacked = outermost_ == nullptr ? unpacked_ : outermost_->unpacked_within_;
    unpacked += static_cast<std::uint64_t>(got);
    const bool is_unpacked_here = source_ == nullptr || outermost_ != nullptr;
    if (is_unpacked_here && inflates_too_far(bytes_taken(), unpacked, limits_)) {
      if (outermost_ != nullptr) outermost_->refuses_within_ = true;
      return std::unexpected(too_far());
    }
    return static_cast<std::size_t>(got);
  }

  // Of the archive on disk: whether those in it unpacked to more than they may together.
  bool refuses_within() const { return refuses_within_; }
  Error too_far() const {
    return Error(kInflatesTooFar,
                 fmt::format("unpacks to more than {} times its size", limits_.max_inflate_ratio),
                 Place{.file = path_});
  }

  // Of the file on disk.
  std::uint64_t bytes_taken() const {
    if (outermost_ != nullptr) return outermost_->bytes_taken();
    if (source_ != nullptr) return source_->bytes_taken();
    return static_cast<std::uint64_t>(
        std::max<la_int64_t>(::archive_filter_bytes(handle_.get(), -1), 0));
  }

 private:
  struct Free {
    void operator()(archive* handle) const { ::archive_read_free(handle); }
  };

  OpenArchive(std::string path, const Limits& limits)
      : path_(std::move(path)), limits_(limits), handle_(::archive_read_new()) {}

  OpenArchive& outermost() { return outermost_ == nullptr ? *this : *outermost_; }

  // In a zip that is read as it comes, a member may not say where it ends: to find that out it is
  // unpacked, within the bounds, and not by the library.
  Result<void> pass_member() {
    if (outermost_ == nullptr || !std::exchange(has_no_size_, false)) return {};
    std::string passed(kChunk, '\0');
    while (true) {
      const auto got = read(passed.data(), passed.size());
      if (!got) return std::unexpected(got.error());
      if (*got == 0) return {};
    }
  }

  static la_ssize_t read_more(archive* handle, void* self, const void** bytes) {
    auto& opened = *static_cast<OpenArchive*>(self);
    opened.chunk_.resize(kChunk);
    auto got = opened.source_->read(opened.chunk_.data(), opened.chunk_.size());
    if (!got) {
      opened.source_error_ = std::move(got.error());
      ::archive_set_error(handle, EIO, "unreadable");
      return ARCHIVE_FATAL;
    }
    *bytes = opened.chunk_.data();
    return static_cast<la_ssize_t>(*got);
  }

  Error error(std::string_view what) const {
    if (source_error_) return *source_error_;
    const char* const why = ::archive_error_string(handle_.get());
    return Error(
        kCorruptArchive,
        fmt::format("{}: {}", what, escape_for_log(why != nullptr ? why : "no reason given")),
        Place{.file = path_});
  }

  std::string path_;
  Limits limits_;
  PackedBuffer packed_;
  std::unique_ptr<ByteSource> source_;  // of a tar, and of what stands in another archive
  OpenArchive* outermost_ = nullptr;    // the one on disk; null: this is it
  std::optional<Error> source_error_;
  std::string chunk_;
  std::unique_ptr<archive, Free> handle_;
  Names names_;
  bool is_encrypted_ = false;
  bool has_no_size_ = false;
  std::uint64_t unpacked_ = 0;
  // Of the outermost: what all archives in it gave, whether that was too much, and the members of
  // them and of itself.
  std::uint64_t unpacked_within_ = 0;
  bool refuses_within_ = false;
  std::size_t num_members_ = 0;
};

FileOpener::FileOpener(const Limits& limits) : limits_(limits) {}
FileOpener::~FileOpener() = default;
FileOpener::FileOpener(FileOpener&&) noexcept = default;
FileOpener& FileOpener::operator=(FileOpener&&) noexcept = default;

Result<std::unique_ptr<ByteSource>> FileOpener::open(const std::string& path) {
  const auto steps = path == "-" || exists(path) ? std::vector<std::string>() : split_member(path);
  if (steps.empty()) return open_source(path);
  if (steps.size() - 1 > limits_.max_archive_depth)
    return fail(kNestedArchive, "an archive within too many others is not opened",
                Place{.file = path}, "unpack it");
  if (auto found = seek(steps, steps.size() - 2); !found) {
    archives_.resize(refuses(steps) ? 1 : 0);
    return std::unexpected(std::move(found.error()));
  }
  return std::make_unique<OpenArchive::MemberSource>(*archives_.back());
}

// Whether the path leads into archives of a file on disk that unpacked to too much: opened anew, it
// would do so once more for each file in them.
bool FileOpener::refuses(const std::vector<std::string>& steps) const {
  return steps.size() > 2 && !archives_.empty() && archives_[0]->path() == steps[0] &&
         archives_[0]->refuses_within();
}

// Opens the archive to which the steps up to `level` lead, if it is not open, and moves it to the
// member that the step behind names: from where it is, then, if that lies before, from its start.
Result<void> FileOpener::seek(const std::vector<std::string>& steps, std::size_t level) {
  std::string path = steps[0];
  for (std::size_t i = 1; i <= level; ++i) path += std::string(kMemberMark) + steps[i];
  for (const bool from_start : {false, true}) {
    if (from_start && refuses(steps)) return std::unexpected(archives_[0]->too_far());
    if (from_start || archives_.size() <= level || archives_[level]->path() != path) {
      if (auto opened = open_archive(steps, level, path); !opened) return opened;
    }
    while (archives_.size() > level + 1) archives_.pop_back();
    while (true) {
      auto name = archives_[level]->next();
      if (!name && from_start) return std::unexpected(std::move(name.error()));
      if (!name || !*name) break;
      if (**name == steps[level + 1]) return {};
    }
  }
  return fail(kNoSuchMember, "no such file in the archive: " + escape_for_log(steps[level + 1]),
              Place{.file = path});
}

// As the last of those open.
Result<void> FileOpener::open_archive(const std::vector<std::string>& steps, std::size_t level,
                                      const std::string& path) {
  if (level > 0) {
    if (auto found = seek(steps, level - 1); !found) return found;
  }
  while (archives_.size() > level) archives_.pop_back();
  auto opened = level == 0 ? OpenArchive::open(path, limits_)
                           : OpenArchive::open_in(*archives_.back(), path, limits_);
  if (!opened) return std::unexpected(std::move(opened.error()));
  if (*opened == nullptr)
    return fail(kNoSuchMember, "no archive: " + escape_for_log(steps[level]), Place{.file = path});
  archives_.push_back(std::move(*opened));
  return {};
}

Result<void> FileOpener::list(const std::string& path, const Limits& limits, LoadReport& report,
                              std::vector<std::string>& paths) {
  auto archive = OpenArchive::open(path, limits);
  if (!archive) return std::unexpected(std::move(archive.error()));
  return list(**archive, 1, limits, report, paths);
}

// Depth first. What goes wrong in an archive within costs what is left of that one, unless it is a
// bound that all share.
Result<void> FileOpener::list(OpenArchive& archive, std::size_t depth, const Limits& limits,
                              LoadReport& report, std::vector<std::string>& paths) {
  while (true) {
    auto name = archive.next();
    if (!name) return std::unexpected(std::move(name.error()));
    if (!*name) return {};
    const std::string path = archive.path() + std::string(kMemberMark) + **name;
    std::unique_ptr<OpenArchive> within;
    if (depth < limits.max_archive_depth && may_be_archive(**name) && !archive.is_encrypted()) {
      auto opened = OpenArchive::open_in(archive, path, limits);
      if (opened) within = std::move(*opened);
    }
    if (within == nullptr) {
      paths.push_back(path);
      continue;
    }
    auto listed = list(*within, depth + 1, limits, report, paths);
    if (listed) continue;
    const ErrorCode code = listed.error().code;
    if (code == kInflatesTooFar || code == kTooManyMembers) return listed;
    report.add_error(std::move(listed.error()));
  }
}

bool looks_like_archive(std::string_view head) { return form_of(head) != Form::kNone; }

void expand_archives(FoundFiles& files, const Limits& limits) {
  std::vector<std::string> expanded;
  for (std::string& path : files.paths) {
    const Form form = path == "-" ? Form::kNone : sniff_archive(path, limits);
    if (form == Form::kNone) {
      expanded.push_back(std::move(path));
      continue;
    }
    if (auto listed = FileOpener::list(path, limits, files.report, expanded); !listed)
      files.report.add_error(std::move(listed.error()));
  }
  files.paths = std::move(expanded);
}

}  // namespace nepho
