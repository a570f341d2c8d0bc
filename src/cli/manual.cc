// `nepho man`: the manual page, made from the command table (groff's man macros, man(7)).
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/session.h"
#include "cli/version.h"

namespace nepho::cli {
namespace {

// Text for roff: backslashes and dashes escaped, no line that begins with a control character.
std::string roff(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (const char c : text) {
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_line_start = c == '\n';
  }
  return out;
}

// A tagged paragraph: the label in bold, the text indented under it.
void add_entry(std::string& page, std::string_view label, std::string_view text) {
  page += fmt::format(".TP\n.B {}\n{}\n", roff(label), roff(text));
}

void add_options(std::string& page, const std::vector<Option>& options, const Command& command) {
  for (const auto& option : options) {
    add_entry(page, option_label(option), option_help(option, command));
  }
}

// Paragraphs are a blank line apart (as in help.cc).
void add_paragraphs(std::string& page, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    page += fmt::format(".PP\n{}\n", roff(text.substr(0, end)));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
}

// A subsection a command. Examples stand in .EX/.EE, which groff prints as they are.
void add_command(std::string& page, const Command& command) {
  page += fmt::format(".SS {}\n{}.\n", roff(usage_line(command)), roff(command.summary));
  add_paragraphs(page, command.description);
  for (const auto& positional : command.positionals) {
    add_entry(page, positional.name, positional.help);
  }
  add_options(page, command.options, command);
  if (!command.formats.empty()) {
    add_entry(page, "--format FORMAT", fmt::format("{}", fmt::join(command.formats, ", ")));
  }
  for (const auto& example : command.examples) {
    page += fmt::format(".PP\nExample, to {}:\n.PP\n.in +4n\n.EX\n{}\n.EE\n.in\n",
                        roff(example.does), roff(example.line));
  }
}

Result<ExitCode> run_manual(Session& session) {
  std::string page = fmt::format(
      ".TH NEPHO 1 \"\" \"nepho {}\" \"Nephometer\"\n.SH NAME\n"
      "nepho \\- measure how much of ATT&CK for cloud your detections cover\n"
      ".SH SYNOPSIS\n.B nepho\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]\n"
      ".SH DESCRIPTION\n"
      "Reads detection rules and cloud audit logs, maps them to the ATT&CK cloud matrix, and "
      "tells\n"
      "what is covered on paper, in telemetry, and by proof. Data goes to standard output,\n"
      "everything else to standard error. Paths may be files, folders (walked), globs, or \\-.\n"
      ".SH COMMANDS\n",
      program_version());
  for (const auto& command : all_commands()) add_command(page, command);
  page += ".SH COMMON OPTIONS\n";
  add_options(page, common_options(), Command{});
  page +=
      ".SH EXIT STATUS\n"
      ".TP\n.B 0\nDone.\n"
      ".TP\n.B 1\nDone, and a check that was asked for failed.\n"
      ".TP\n.B 2\nSome input was bad; each is named, the rest was done.\n"
      ".TP\n.B 3\nA usage or configuration error, or the output could not be written.\n"
      ".TP\n.B 70\nA defect of nepho.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n.B NO_COLOR\nWhen set and not empty, no colour under \\-\\-color auto.\n"
      ".TP\n.B COLUMNS\nThe width to lay text and tables out in.\n"
      ".SH FILES\n"
      ".TP\n.B nephometer.yml\nThe workspace; see nepho init.\n";
  session.out().write(page);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> manual_commands() {
  return {{.name = "man",
           .summary = "print the manual page",
           .examples = {{"nepho man -o nepho.1", "write it to be read with 'man ./nepho.1'"}},
           .run = run_manual}};
}

}  // namespace nepho::cli
