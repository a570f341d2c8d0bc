// libarchive reads the forms; what it may read is narrowed to zip and tar, so that a hostile file
// meets few of its parsers. A packed tar is unpacked by our own decompressors, which bound what
// they make.
#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
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

// By the first bytes of what the file unpacks to.
Form sniff_archive(const std::string& path, const Limits& limits) {
  auto source = open_source(path);
  if (!source) return Form::kNone;
  std::string head = read_up_to(**source, kArchiveHeadBytes);
  if (sniff_compression(head) == Compression::kNone) return form_of(head);
  head += read_up_to(**source, kPackedHeadBytes);
  PackedBuffer buffer;
  auto unpacked = unpack(memory_source(head), path, buffer, limits);
  return unpacked ? form_of(read_up_to(**unpacked, kArchiveHeadBytes)) : Form::kNone;
}

bool exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error) || error;
}

// The archive's path and the member's name, when `path` names a member.
std::optional<std::pair<std::string, std::string>> split_member(const std::string& path) {
  for (std::size_t at = path.find(kMemberMark); at != std::string::npos;
       at = path.find(kMemberMark, at + 1)) {
    std::error_code error;
    if (std::filesystem::is_regular_file(path.substr(0, at), error))
      return std::pair(path.substr(0, at), path.substr(at + kMemberMark.size()));
  }
  return std::nullopt;
}

// One name for each member: repeated ones get a number.
class Names {
 public:
  std::string next(std::string_view name) {
    const std::size_t count = ++counts_[std::string(name)];
    return count == 1 ? std::string(name) : fmt::format("{}~{}", name, count);
  }

 private:
  std::unordered_map<std::string, std::size_t> counts_;
};

}  // namespace

// An archive and how far it was read.
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

  const std::string& path() const { return path_; }

  // Moves to the next regular file; its name, or nothing at the end.
  Result<std::optional<std::string>> next() {
    archive_entry* entry = nullptr;
    while (true) {
      const int status = ::archive_read_next_header(handle_.get(), &entry);
      if (status == ARCHIVE_EOF) return std::optional<std::string>();
      if (status == ARCHIVE_RETRY) continue;
      if (status < ARCHIVE_WARN) return std::unexpected(error("broken archive"));
      if (::archive_entry_filetype(entry) != AE_IFREG) continue;
      if (++num_members_ > limits_.max_archive_members)
        return fail(kTooManyMembers,
                    fmt::format("more than {} files in the archive", limits_.max_archive_members),
                    Place{.file = path_});
      is_encrypted_ = ::archive_entry_is_encrypted(entry) != 0;
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
    unpacked_ += static_cast<std::uint64_t>(got);
    const auto packed = static_cast<std::uint64_t>(
        std::max<la_int64_t>(::archive_filter_bytes(handle_.get(), -1), 0));
    if (source_ == nullptr && inflates_too_far(packed, unpacked_, limits_))
      return fail(kInflatesTooFar,
                  fmt::format("unpacks to more than {} times its size", limits_.max_inflate_ratio),
                  Place{.file = path_});
    return static_cast<std::size_t>(got);
  }

  std::uint64_t bytes_taken() const {
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
  std::unique_ptr<ByteSource> source_;  // of a tar
  std::optional<Error> source_error_;
  std::string chunk_;
  std::unique_ptr<archive, Free> handle_;
  Names names_;
  std::size_t num_members_ = 0;
  bool is_encrypted_ = false;
  std::uint64_t unpacked_ = 0;
};

FileOpener::FileOpener(const Limits& limits) : limits_(limits) {}
FileOpener::~FileOpener() = default;
FileOpener::FileOpener(FileOpener&&) noexcept = default;
FileOpener& FileOpener::operator=(FileOpener&&) noexcept = default;

Result<std::unique_ptr<ByteSource>> FileOpener::open(const std::string& path) {
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

  const auto member = path == "-" || exists(path) ? std::nullopt : split_member(path);
  if (!member) return open_source(path);
  // From where the last member was, then, if it lies before, from the start.
  for (const bool from_start : {false, true}) {
    if (from_start || archive_ == nullptr || archive_->path() != member->first) {
      auto opened = OpenArchive::open(member->first, limits_);
      if (!opened) return std::unexpected(std::move(opened.error()));
      archive_ = std::move(*opened);
    }
    while (true) {
      auto name = archive_->next();
      if (!name) {
        Error error = std::move(name.error());
        archive_.reset();
        if (from_start) return std::unexpected(std::move(error));
        break;
      }
      if (!*name) break;
      if (**name == member->second) return std::make_unique<MemberSource>(*archive_);
    }
  }
  archive_.reset();
  return fail(kNoSuchMember, "no such file in the archive: " + escape_for_log(member->second),
              Place{.file = member->first});
}

Result<void> FileOpener::list(const std::string& path, const Limits& limits,
                              std::vector<std::string>& paths) {
  auto archive = OpenArchive::open(path, limits);
  if (!archive) return std::unexpected(std::move(archive.error()));
  while (true) {
    auto name = (*archive)->next();
    if (!name) return std::unexpected(std::move(name.error()));
    if (!*name) return {};
    paths.push_back(path + std::string(kMemberMark) + **name);
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
    if (auto listed = FileOpener::list(path, limits, expanded); !listed)
      files.report.add_error(std::move(listed.error()));
  }
  files.paths = std::move(expanded);
}

}  // namespace nepho
