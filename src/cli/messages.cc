// The transient line stands without a line end, the cursor behind it. Whatever is printed clears
// that line first and draws it again below, in one write, so that neither flickers nor mixes.
#include "cli/messages.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace nepho::cli {
namespace {

// To the first column, and erase the line (ECMA-48, EL 2).
constexpr std::string_view kClearLine = "\r\x1b[2K";

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "\x1b[36m";
    case Severity::kWarning: return "\x1b[33m";
    case Severity::kError: return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string Messages::colored(std::string text, Severity severity) const {
  if (!terminal_.has_color) return text;
  const std::string label = fmt::format("{}[", to_string(severity));
  const std::size_t begin = text.find(label);
  const std::size_t end = begin == std::string::npos ? begin : text.find(']', begin);
  if (end == std::string::npos) return text;
  text.insert(end + 1, "\x1b[0m");
  text.insert(begin, color_of(severity));
  return text;
}

void Messages::error(const Error& error) { print(colored(to_string(error), Severity::kError)); }

// Counted even when quiet: the exit code does not depend on what is shown.
void Messages::problem(const Problem& problem) {
  const bool is_shown = problem.severity == Severity::kError ||
                        (problem.severity == Severity::kWarning && loudness_ != Loudness::kQuiet) ||
                        loudness_ == Loudness::kVerbose;
  if (problem.severity == Severity::kError) {
    const std::scoped_lock lock(mutex_);
    ++num_errors_;
  }
  if (is_shown) print(colored(to_string(problem), problem.severity));
}

void Messages::report(const LoadReport& report) {
  for (const auto& one : report.problems()) problem(one);
}

void Messages::note(std::string_view line) {
  if (loudness_ != Loudness::kQuiet) print(std::string(line));
}

void Messages::prompt(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  write(text);
}

void Messages::detail(std::string_view line) {
  if (loudness_ == Loudness::kVerbose) print(std::string(line));
}

std::size_t Messages::num_errors() const {
  const std::scoped_lock lock(mutex_);
  return num_errors_;
}

void Messages::show_transient(std::string_view line) {
  if (!shows_transient()) return;
  const std::scoped_lock lock(mutex_);
  if (transient_ == line) return;
  transient_ = line;
  write(fmt::format("{}{}", kClearLine, line));
}

void Messages::print(std::string text) {
  const std::scoped_lock lock(mutex_);
  text += '\n';
  if (!transient_.empty()) text = fmt::format("{}{}{}", kClearLine, text, transient_);
  write(text);
}

void Messages::write(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // there is nowhere left to say so
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace nepho::cli
