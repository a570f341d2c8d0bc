#include "stream/piped_lines.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/byte_source.h"
#include "base/compression.h"
#include "base/files.h"
#include "base/line_count.h"
#include "event/record_splitter.h"
#include "stream/followed_part.h"

namespace nepho::stream {

Result<void> PipedLines::wait(std::chrono::milliseconds longest) {
  if (has_ended_) return {};
  pollfd waited{fd_, POLLIN, 0};
  if (::poll(&waited, 1, static_cast<int>(longest.count())) <= 0) return {};
  constexpr std::size_t kStep = std::size_t{64} << 10U;
  // A pipe gives what it holds, at least one byte: read once, then ask again whether there is more.
  do {
    const std::size_t size = held_.size();
    held_.resize(size + kStep);
    const ssize_t got = ::read(fd_, held_.data() + size, kStep);
    held_.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0 && errno == EINTR) return {};
    if (got < 0) {
      return fail(kCannotRead, "cannot read: " + last_system_error(),
                  Place{.file = "standard input", .offset = offset_ + size});
    }
    has_ended_ = got == 0;
  } while (!has_ended_ && held_.size() < kMaxHeld && ::poll(&waited, 1, 0) > 0);
  return check_form();
}

Result<void> PipedLines::check_form() const {
  if (offset_ != 0) return {};
  const std::size_t begin = held_.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  const std::size_t end = held_.find('\n', begin);
  const bool is_packed = sniff_compression(held_) != Compression::kNone;
  const bool is_over_lines =
      held_[begin] == '[' ||
      (held_[begin] == '{' && end != std::string::npos &&
       !event::is_one_closed_value(std::string_view(held_).substr(begin, end - begin)));
  if (!is_packed && !is_over_lines) return {};
  return fail(kNotLines, "standard input holds no lines of records",
              Place{.file = "standard input"}, "without --follow every form is read, to its end");
}

std::size_t PipedLines::whole() const {
  const std::size_t last = held_.rfind('\n');
  const std::size_t lines = last == std::string::npos ? 0 : last + 1;
  const bool is_all = has_ended_ || held_.size() - lines > limits_.max_record_bytes;
  return is_all ? held_.size() : lines;
}

FilePart PipedLines::part() const {
  FilePart part;
  part.place = {offset_, line_, head_};
  part.num_events = num_events_;
  part.open = [this]() -> Result<std::unique_ptr<ByteSource>> {
    return memory_source(std::string_view(held_).substr(0, whole()));
  };
  return part;
}

void PipedLines::taken(std::uint64_t num_events) {
  const std::size_t size = whole();
  const std::size_t begin = held_.find_first_not_of(" \t\r\n");
  const bool is_text = begin < size && held_[begin] != '{';
  if (offset_ == 0 && is_text) head_ = held_.substr(0, std::min(size, kMaxTextHead));
  offset_ += size;
  line_ += count_line_ends(std::string_view(held_).substr(0, size));
  num_events_ += num_events;
  held_.erase(0, size);
}

}  // namespace nepho::stream
