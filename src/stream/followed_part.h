// What is new of a file that grows: which bytes of it are whole records, and a source over them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/byte_source.h"
#include "base/limits.h"
#include "base/result.h"

namespace nepho::stream {

// An open file, closed with the last that reads it: a file that was renamed or deleted is read on.
class OpenFile {
 public:
  // Fails with kCannotRead.
  static Result<std::shared_ptr<OpenFile>> open(const std::string& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int fd() const { return fd_; }
  // The bytes from `begin` up to `end`, fewer where the file ends or cannot be read.
  std::string read(std::uint64_t begin, std::uint64_t end) const;

 private:
  explicit OpenFile(int fd) : fd_(fd) {}
  int fd_;
};

// How the records of a file lie, as far as following it goes.
enum class FollowedForm : std::uint8_t {
  kUnknown,  // too little is there to tell
  kLines,    // a record a line: read as they come
  kCsv,      // so are comma-separated values, whose rows may hold line ends
  kWhole,  // packed, an archive, an array, an envelope over lines, UTF-16, YAML: read once, when it
           // is all there
};
FollowedForm followed_form(const OpenFile& file, std::uint64_t size, const Limits& limits);

// Of a file of lines, whose records before `begin` were read and that has `size` bytes now: where
// the last whole record ends, at most `most` bytes on; `begin` when there is none. A last line is
// whole with its line end, or when it is an object that closes. A record beyond the limit that does
// not end is given as it is, for the reader to count.
std::uint64_t whole_until(const OpenFile& file, std::uint64_t begin, std::uint64_t size,
                          std::uint64_t most, const Limits& limits);
// The same of a file of comma-separated values. Holds up to `most` bytes.
std::uint64_t whole_csv_until(const OpenFile& file, std::uint64_t begin, std::uint64_t size,
                              std::uint64_t most, const Limits& limits);

// How a file of rows of text begins, up to `end`: what names their columns stands there. Empty
// where the file begins with JSON.
inline constexpr std::uint64_t kMaxTextHead = std::uint64_t{64} << 10U;
std::string text_head(const OpenFile& file, std::uint64_t end);

// What was read of a part.
struct PartRead {
  std::uint64_t bytes = 0;
  std::uint64_t line_ends = 0;
};

// The bytes of `file` in [begin, end), or up to where it ends now; counted into `read`.
std::unique_ptr<ByteSource> part_source(std::shared_ptr<OpenFile> file, std::string path,
                                        std::uint64_t begin, std::uint64_t end,
                                        std::shared_ptr<PartRead> read);

}  // namespace nepho::stream
