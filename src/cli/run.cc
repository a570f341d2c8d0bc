#include "cli/run.h"

#include <memory>
#include <utility>

#include "base/knowledge.h"
#include "cli/help.h"
#include "cli/messages.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "cli/session.h"

namespace nepho::cli {
namespace {

int to_int(ExitCode code) { return static_cast<int>(code); }

Messages::Loudness loudness(const CommonOptions& options) {
  if (options.quiet) return Messages::Loudness::kQuiet;
  return options.verbose ? Messages::Loudness::kVerbose : Messages::Loudness::kNormal;
}

Result<std::unique_ptr<Output>> open_output(const Request& request, int out) {
  const auto& path = request.options.output;
  const bool is_file = path && *path != "-" && !request.command->writes_folder;
  if (is_file) return Output::to_file(*path);
  return std::make_unique<Output>(out);
}

// What is shown in place of running something.
std::string help_text(const Request& request, const Terminal& terminal) {
  switch (request.kind) {
    case Request::Kind::kVersion: return version_text();
    case Request::Kind::kGroupHelp: return group_help_text(request.group, terminal);
    case Request::Kind::kHelp: return command_help_text(*request.command, terminal);
    default: return overview_text(terminal);
  }
}

// What a file of -o takes: no colour unless asked for, and as many columns as it likes.
Terminal terminal_of(const Output& output, const CommonOptions& options, int out) {
  if (!output.is_file()) return Terminal::of(out, options.color);
  Terminal terminal;
  terminal.has_color = options.color == ColorChoice::kAlways;
  return terminal;
}

// The order matters: knowledge and output are opened before any work, so that a wrong path costs no
// time; the output is finished last, so that a file of -o appears only when all went well.
Result<ExitCode> run_command(const Request& request, Messages& messages, Streams streams) {
  Knowledge knowledge;
  if (request.options.knowledge) {
    if (auto laid = knowledge.lay_over(*request.options.knowledge); !laid) {
      return std::unexpected(laid.error());
    }
  }
  auto output = open_output(request, streams.out);
  if (!output) return std::unexpected(output.error());
  const Terminal terminal = terminal_of(**output, request.options, streams.out);
  Session session(request.arguments, request.options, std::move(*output), terminal, messages,
                  std::move(knowledge));
  auto code = request.command->run(session);
  messages.show_transient("");
  if (!code) return code;
  if (auto finished = session.out().finish(); !finished) return std::unexpected(finished.error());
  if (*code == ExitCode::kDone && messages.num_errors() != 0) code = ExitCode::kBadInput;
  if (streams.end != nullptr) streams.end(to_int(*code));  // with the session as it is
  return code;
}

}  // namespace

// An error that reaches here means that nothing was done, so it is kUsage; bad input on the way was
// reported by the command and is kBadInput.
int run(const std::vector<std::string>& words, Streams streams) {
  auto request = parse(words);
  if (!request) {
    Messages messages(streams.err, Terminal::of(streams.err, ColorChoice::kAuto),
                      Messages::Loudness::kNormal);
    messages.error(request.error());
    return to_int(ExitCode::kUsage);
  }
  const CommonOptions& options = request->options;
  Messages messages(streams.err, Terminal::of(streams.err, options.color), loudness(options));
  if (request->kind != Request::Kind::kRun) {
    Output output(streams.out);
    output.write(help_text(*request, Terminal::of(streams.out, options.color)));
    if (auto finished = output.finish(); finished) return to_int(ExitCode::kDone);
    return to_int(ExitCode::kUsage);
  }
  const auto code = run_command(*request, messages, streams);
  if (code) return to_int(*code);
  messages.error(code.error());
  return to_int(ExitCode::kUsage);
}

}  // namespace nepho::cli
