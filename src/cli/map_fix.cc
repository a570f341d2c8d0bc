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

// Asks only where question and answer have a terminal, and the diff is seen there.
bool may_write(Session& session, std::size_t num_files) {
  if (session.arguments().has("--yes")) return true;
  const bool can_ask = ::isatty(STDIN_FILENO) == 1 && session.messages().terminal().is_terminal &&
                       session.terminal().is_terminal;
  if (!can_ask) return false;
  session.out().flush();
  std::cerr << fmt::format("Write {} {}? [y/N] ", num_files, num_files == 1 ? "file" : "files");
  std::string answer;
  std::getline(std::cin, answer);
  return is_yes(answer);
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
  const bool writes = !files.empty() && may_write(session, files.size());
  LoadReport report;
  for (const MendedFile& file : files) {
    if (!writes) break;
    if (auto written = write_file(file.path, file.text); !written)
      report.add_error(std::move(written.error()));
  }
  session.report(report);
  session.messages().note(fmt::format("{} {} in {} {}{}", num_changes,
                                      num_changes == 1 ? "change" : "changes", files.size(),
                                      files.size() == 1 ? "file" : "files",
                                      files.empty() ? ""
                                      : writes      ? ", written"
                                                    : "; nothing was written (--yes writes)"));
  return ExitCode::kDone;
}

}  // namespace nepho::cli
