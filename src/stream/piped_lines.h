// Lines that come over a pipe, taken as they arrive.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/limits.h"
#include "base/result.h"
#include "stream/run.h"

namespace nepho::stream {

inline constexpr ErrorCode kNotLines{"stream.not_lines"};

// Standard input or another descriptor that stays the caller's, holding a JSON record a line. What
// is packed, or records over several lines, is refused: who wants it read to its end need not
// follow. Memory: kMaxHeld and one record. One owner.
class PipedLines {
 public:
  static constexpr std::size_t kMaxHeld = std::size_t{8} << 20U;

  explicit PipedLines(int fd, Limits limits = kDefaultLimits) : fd_(fd), limits_(limits) {}

  // Waits for bytes until `longest` is over or a signal comes, and takes what is there. Fails when
  // the pipe cannot be read, or with kNotLines.
  Result<void> wait(std::chrono::milliseconds longest);
  bool has_ended() const { return has_ended_; }

  // Whether part() would hold something: whole lines, or the rest behind the end.
  bool has_part() const { return whole() != 0; }
  // Those; views this object, which must stay as it is until taken().
  FilePart part() const;
  void taken(std::uint64_t num_events);

 private:
  std::size_t whole() const;
  Result<void> check_form() const;

  int fd_;
  Limits limits_;
  std::string held_;
  std::string head_;  // as ReadPlace::head
  bool has_ended_ = false;
  std::uint64_t offset_ = 0;  // of held_
  std::uint64_t line_ = 1;
  std::uint64_t num_events_ = 0;
};

}  // namespace nepho::stream
