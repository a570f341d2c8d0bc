#include "stream/followed_part.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/archive.h"
#include "base/compression.h"
#include "base/files.h"
#include "base/line_count.h"
#include "event/record_splitter.h"
#include "event/rows.h"
#include "stream/text_form.h"
#include "stream/yaml_source.h"
#include "text/csv.h"

namespace nepho::stream {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Reads at a place of its own, whatever others do with the descriptor.
ssize_t read_at(int fd, char* out, std::size_t capacity, std::uint64_t offset) {
  while (true) {
    const ssize_t got = ::pread(fd, out, capacity, static_cast<off_t>(offset));
    if (got >= 0 || errno != EINTR) return got;
  }
}

class PartSource : public ByteSource {
 public:
  PartSource(std::shared_ptr<OpenFile> file, std::string path, std::uint64_t begin,
             std::uint64_t end, std::shared_ptr<PartRead> read)
      : file_(std::move(file)),
        path_(std::move(path)),
        begin_(begin),
        end_(end),
        read_(std::move(read)) {}

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    const std::uint64_t at = begin_ + read_->bytes;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(capacity, end_ - at));
    if (wanted == 0) return std::size_t{0};
    const ssize_t got = read_at(file_->fd(), out, wanted, at);
    if (got < 0) {
      return fail(kCannotRead, "cannot read: " + last_system_error(),
                  Place{.file = path_, .offset = at});
    }
    const auto count = static_cast<std::size_t>(got);
    read_->bytes += count;
    read_->line_ends += count_line_ends({out, count});
    return count;
  }

  std::uint64_t bytes_taken() const override { return read_->bytes; }
  std::uint64_t size_hint() const override { return end_ - begin_; }

 private:
  std::shared_ptr<OpenFile> file_;
  std::string path_;
  std::uint64_t begin_;
  std::uint64_t end_;
  std::shared_ptr<PartRead> read_;
};

}  // namespace

Result<std::shared_ptr<OpenFile>> OpenFile::open(const std::string& path) {
  // A pipe put where the file was must not make us wait for who writes into it.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fail(kCannotRead, "cannot open: " + last_system_error(), Place{.file = path});
  return std::shared_ptr<OpenFile>(new OpenFile(fd));
}

OpenFile::~OpenFile() { ::close(fd_); }

std::string OpenFile::read(std::uint64_t begin, std::uint64_t end) const {
  std::string bytes(static_cast<std::size_t>(end - begin), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = read_at(fd_, bytes.data() + size, bytes.size() - size, begin + size);
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

FollowedForm followed_form(const OpenFile& file, std::uint64_t size, const Limits& limits) {
  const std::string head = file.read(0, std::min<std::uint64_t>(size, limits.max_record_bytes + 1));
  if (head.size() < kCompressionMagicBytes && !head.starts_with('{')) return FollowedForm::kUnknown;
  const bool is_utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  if (looks_like_archive(head)) return FollowedForm::kWhole;
  if (is_utf16 || sniff_compression(head) != Compression::kNone) return FollowedForm::kWhole;
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  if (text.empty()) return FollowedForm::kUnknown;
  if (text[0] == '[') return FollowedForm::kWhole;
  if (text[0] != '{') {
    if (may_be_yaml(text, size == head.size())) return FollowedForm::kWhole;
    return event::is_csv_head(head_of_rows(text)) ? FollowedForm::kCsv : FollowedForm::kLines;
  }
  const std::size_t end = text.find('\n');
  if (event::is_one_closed_value(text.substr(0, end))) return FollowedForm::kLines;
  const bool may_be_half = end == std::string_view::npos && head.size() <= limits.max_record_bytes;
  return may_be_half ? FollowedForm::kUnknown : FollowedForm::kWhole;
}

std::uint64_t whole_until(const OpenFile& file, std::uint64_t begin, std::uint64_t size,
                          std::uint64_t most, const Limits& limits) {
  const std::uint64_t end = std::min(size, begin + most);
  if (end <= begin) return begin;
  // Most files end in a line end: a little is looked at first.
  const std::uint64_t longest = limits.max_record_bytes + 1;
  for (std::uint64_t back = std::uint64_t{64} << 10U;; back = longest) {
    const std::uint64_t from = end - std::min(end - begin, std::min(back, longest));
    const std::string tail = file.read(from, end);
    const std::size_t last = tail.rfind('\n');
    const std::size_t lines = last == std::string::npos ? 0 : last + 1;
    const bool is_all = from == begin || lines != 0;
    if (is_all && end == size && event::is_one_closed_value(std::string_view(tail).substr(lines)))
      return end;
    if (lines != 0) return from + lines;
    if (from == begin && end - begin < longest) return begin;
    if (end - from >= longest) return end;
  }
}

std::uint64_t whole_csv_until(const OpenFile& file, std::uint64_t begin, std::uint64_t size,
                              std::uint64_t most, const Limits& limits) {
  const std::uint64_t end = std::min(size, begin + most);
  if (end <= begin) return begin;
  const std::size_t rows = text::csv_rows_size(file.read(begin, end));
  const bool is_too_long = rows == 0 && end - begin > limits.max_record_bytes;
  return is_too_long ? end : begin + rows;
}

std::string text_head(const OpenFile& file, std::uint64_t end) {
  std::string head = file.read(0, std::min(end, kMaxTextHead));
  const std::size_t begin = head.find_first_not_of(kSpace);
  if (begin == std::string::npos || head[begin] == '{') return {};
  return head;
}

std::unique_ptr<ByteSource> part_source(std::shared_ptr<OpenFile> file, std::string path,
                                        std::uint64_t begin, std::uint64_t end,
                                        std::shared_ptr<PartRead> read) {
  return std::make_unique<PartSource>(std::move(file), std::move(path), begin, end,
                                      std::move(read));
}

}  // namespace nepho::stream
