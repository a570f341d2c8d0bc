#include "cli/map_fix.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "base/files.h"
#include "base/printable.h"
#include "cli/interrupt.h"
#include "inventory/mend.h"
#include "inventory/rule_files.h"
#include "text/edit.h"

namespace nepho::cli {
namespace {

struct MendedFile {
  std::string path;
  std::string text;  // as it is to be
  std::size_t num_changes = 0;
};

// The diff goes out at once; nothing, where nothing is to be mended.
std::optional<MendedFile> mend_file(Session& session, const std::string& path,
                                    const inventory::References& references) {
  auto text = read_file(path, kDefaultLimits.max_document_bytes);
  if (!text) {
    LoadReport report;
    report.add_error(std::move(text.error()));
    session.report(report);
    return std::nullopt;
  }
  attack::Migrated mended = inventory::mend(*text, path, references);
  session.report(mended.report);
  if (mended.edits.empty()) return std::nullopt;
  session.out().write(fmt::format("--- {0}\n+++ {0}\n{1}", printable(path, kMaxPathShown),
                                  text::diff_of_edits(*text, mended.edits)));
  return MendedFile{path, text::apply_edits(*text, std::move(mended.edits)), mended.changes.size()};
}

bool is_yes(std::string_view answer) {
  return answer == "y" || answer == "Y" || answer == "yes" || answer == "Yes";
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// Asks only where question and answer have a terminal, and the diff is seen there.
bool may_write(Session& session, std::size_t num_files) {
  if (session.arguments().has("--yes")) return true;
  const bool can_ask = ::isatty(STDIN_FILENO) == 1 && session.messages().terminal().is_terminal &&
                       session.terminal().is_terminal;
  if (!can_ask) return false;
  session.out().flush();
  std::cerr << fmt::format("Write {}? [y/N] ", counted(num_files, "file"));
  std::string answer;
  std::getline(std::cin, answer);
  return is_yes(answer);
}

// How many could be written; why not the others is reported.
std::size_t write_files(Session& session, const std::vector<MendedFile>& files) {
  LoadReport report;
  std::size_t num_written = 0;
  for (const MendedFile& file : files) {
    auto written = write_file(file.path, file.text);
    if (written) ++num_written;
    if (!written) report.add_error(std::move(written.error()));
  }
  session.report(report);
  return num_written;
}

}  // namespace

Result<ExitCode> fix_mappings(Session& session, const std::vector<std::string>& paths,
                              const inventory::References& references) {
  std::vector<MendedFile> files;
  std::size_t num_changes = 0;
  for (const std::string& path : inventory::rule_paths(paths)) {
    if (stop_requested()) return ExitCode::kDone;
    auto mended = mend_file(session, path, references);
    if (!mended) continue;
    num_changes += mended->num_changes;
    files.push_back(*std::move(mended));
  }
  if (files.empty()) {
    session.messages().note("nothing to mend");
    return ExitCode::kDone;
  }
  const std::string changes =
      fmt::format("{} in {}", counted(num_changes, "change"), counted(files.size(), "file"));
  if (!may_write(session, files.size())) {
    session.messages().note(changes + "; nothing was written (--yes writes)");
    return ExitCode::kDone;
  }
  const std::size_t num_written = write_files(session, files);
  session.messages().note(num_written == files.size()
                              ? changes + ", written"
                              : fmt::format("{}; {} of them written", changes, num_written));
  return ExitCode::kDone;
}

}  // namespace nepho::cli
