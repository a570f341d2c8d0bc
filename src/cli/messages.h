// What goes to stderr: errors, problems with their places, notes, and one line that comes and goes
// (the progress bar).
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/result.h"
#include "cli/terminal.h"

namespace nepho::cli {

// Any thread may call it; lines never mix. Text from outside must have gone through
// escape_for_log() when it is part of a message (Error's rule).
class Messages {
 public:
  enum class Loudness { kQuiet, kNormal, kVerbose };

  Messages(int fd, Terminal terminal, Loudness loudness)
      : fd_(fd), terminal_(terminal), loudness_(loudness) {}
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  // Always shown.
  void error(const Error& error);
  // Errors always; warnings unless -q; notes with -v. Errors are counted.
  void problem(const Problem& problem);
  void report(const LoadReport& report);
  // A line for the user, unless -q.
  void note(std::string_view line);
  // A question; the answer is typed behind it.
  void prompt(std::string_view text);
  // A line for who wants to know more: with -v.
  void detail(std::string_view line);

  // How many problems of severity error were met.
  std::size_t num_errors() const;

  // Shows `line` in place of the one shown before; any message pushes it down. Only on a terminal
  // and unless -q; empty takes it away.
  void show_transient(std::string_view line);
  bool shows_transient() const { return terminal_.is_terminal && loudness_ != Loudness::kQuiet; }
  const Terminal& terminal() const { return terminal_; }

 private:
  void print(std::string text);
  void write(std::string_view text) const;
  // "error[code]" and its like in `text`, in the colour of `severity`.
  std::string colored(std::string text, Severity severity) const;

  const int fd_;
  const Terminal terminal_;
  const Loudness loudness_;
  mutable std::mutex mutex_;  // guards what follows, and the order of writes
  std::string transient_;
  std::size_t num_errors_ = 0;
};

}  // namespace nepho::cli
