#include "stream/container_lines.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace nepho::stream {
namespace {

// A line taken apart; views into it.
struct ContainerLine {
  std::string_view stream;  // "stdout"
  std::size_t tag = 0;      // where P or F stands
  std::size_t begin = 0;    // of what the container wrote
  bool is_part = false;
};

std::optional<ContainerLine> parse(std::string_view line) {
  constexpr std::size_t kDay = std::string_view("2026-03-01").size();
  constexpr std::size_t kMostTime = 40;
  const std::size_t blank = line.substr(0, kMostTime).find(' ');
  if (blank == std::string_view::npos || blank < kDay || line[4] != '-' || line[kDay] != 'T')
    return std::nullopt;
  ContainerLine parts;
  parts.stream = line.substr(blank + 1, std::string_view("stdout").size());
  if (parts.stream != "stdout" && parts.stream != "stderr") return std::nullopt;
  parts.tag = blank + 1 + parts.stream.size() + 1;
  const std::string_view tags = line.substr(std::min(parts.tag, line.size()));
  if (tags.size() < 2 || line[parts.tag - 1] != ' ') return std::nullopt;
  parts.is_part = tags[0] == 'P';
  // More tags may follow behind colons.
  if ((!parts.is_part && tags[0] != 'F') || (tags[1] != ' ' && tags[1] != ':')) return std::nullopt;
  const std::size_t end = tags.find(' ');
  if (end == std::string_view::npos) return std::nullopt;
  parts.begin = parts.tag + end + 1;
  return parts;
}

class ContainerLineSource : public ByteSource {
 public:
  ContainerLineSource(std::string head, std::unique_ptr<ByteSource> source,
                      std::size_t max_line_bytes)
      : source_(std::move(source)), read_(std::move(head)), max_line_bytes_(max_line_bytes) {
    take_lines();
  }

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    while (given_ == out_.size()) {
      out_.clear();
      given_ = 0;
      if (error_) return std::unexpected(*error_);
      if (at_end_) return 0;
      read_more();
      take_lines();
    }
    const std::size_t count = std::min(capacity, out_.size() - given_);
    std::memcpy(out, out_.data() + given_, count);
    given_ += count;
    return count;
  }

  std::uint64_t bytes_taken() const override { return source_->bytes_taken(); }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 18U;

  // A fault is told when what came before it has been given.
  void read_more() {
    const std::size_t before = read_.size();
    read_.resize_and_overwrite(before + kChunk, [&](char* memory, std::size_t) {
      auto got = source_->read(memory + before, kChunk);
      if (!got) error_ = std::move(got.error());
      at_end_ = !got || *got == 0;
      return before + (got ? *got : 0);
    });
  }

  // Moves the whole lines of read_, at the end all of it, to out_ or to the parts held; lines that
  // are no parts in one piece. A line too long for a record is passed on as it comes.
  void take_lines() {
    const std::string_view text = read_;
    std::size_t at = 0;
    std::size_t plain = 0;  // where the lines begin that only need to be passed on
    while (at < text.size()) {
      const std::size_t end = text.find('\n', at);
      const bool is_whole = end != std::string_view::npos;
      if (!is_whole && !at_end_ && text.size() - at <= max_line_bytes_) break;
      const std::string_view line =
          text.substr(at, is_whole ? end + 1 - at : std::string_view::npos);
      const bool is_cut = !is_whole && !at_end_;
      if (in_line_ || is_cut || !is_plain(line)) {
        out_ += text.substr(plain, at - plain);
        if (in_line_ || is_cut) {
          give_up();
          out_ += line;
        } else {
          take_line(line);
        }
        plain = at + line.size();
      }
      in_line_ = is_cut;
      at += line.size();
    }
    out_ += text.substr(plain, at - plain);
    read_.erase(0, at);
    if (at_end_) give_up();
  }

  // Whether a line has " F " where the last one had its tag: then it is no part, whatever it is.
  bool is_plain(std::string_view line) const {
    return raw_.empty() && tag_ + 1 < line.size() && line[tag_] == 'F' && line[tag_ - 1] == ' ' &&
           line[tag_ + 1] == ' ';
  }

  void take_line(std::string_view line) {
    const auto parts = parse(line);
    if (parts) tag_ = parts->tag;
    if (!raw_.empty() && (!parts || parts->stream != stream_)) give_up();
    if (!parts || (raw_.empty() && !parts->is_part)) {
      out_ += line;
      return;
    }
    const bool has_end = line.ends_with('\n');
    const std::string_view text =
        line.substr(parts->begin, line.size() - parts->begin - (has_end ? 1 : 0));
    if (raw_.empty()) {
      stream_ = parts->stream;
      joined_ = line.substr(0, parts->begin);
      joined_[parts->tag] = 'F';
    } else {
      blanks_ += '\n';
      blanks_.append(parts->begin, ' ');
    }
    raw_ += line;
    joined_ += text;
    if (!parts->is_part) {
      out_.append(joined_).append(blanks_).append(has_end ? 1 : 0, '\n');
      forget();
    } else if (raw_.size() > max_line_bytes_) {
      give_up();
    }
  }

  void give_up() {
    out_ += raw_;
    forget();
  }

  void forget() {
    raw_.clear();
    joined_.clear();
    blanks_.clear();
  }

  std::unique_ptr<ByteSource> source_;
  std::string read_;    // behind the last line taken
  std::string raw_;     // the parts held, as they are in the file
  std::string joined_;  // the same as one line, without its end
  std::string blanks_;  // what stands for the beginnings of its parts behind it
  std::string stream_;  // that they are of
  std::string out_;
  std::size_t given_ = 0;  // of out_
  std::size_t tag_ = 1;    // where the last line had its tag
  std::size_t max_line_bytes_;
  bool in_line_ = false;  // the beginning of a line too long has been passed on
  bool at_end_ = false;
  std::optional<Error> error_;
};

}  // namespace

bool begins_with_container_line(std::string_view head) {
  return parse(head.substr(0, head.find('\n'))).has_value();
}

std::unique_ptr<ByteSource> make_container_line_source(std::string head,
                                                       std::unique_ptr<ByteSource> source,
                                                       std::size_t max_line_bytes) {
  return std::make_unique<ContainerLineSource>(std::move(head), std::move(source), max_line_bytes);
}

}  // namespace nepho::stream
