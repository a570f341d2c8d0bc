// What a running command holds: what the user asked for, where data and messages go, and what the
// program knows, loaded when first asked for.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "attack/catalogue.h"
#include "attack/facts_reader.h"
#include "attack/provider.h"
#include "base/clock.h"
#include "base/knowledge.h"
#include "base/problem.h"
#include "base/result.h"
#include "cli/arguments.h"
#include "cli/messages.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "event/log_source.h"
#include "workspace/workspace.h"

namespace nepho::cli {

// One a run of the program, owned by run(). The thread that runs the command uses it; only
// messages() may be used from others.
class Session {
 public:
  Session(const Arguments& arguments, const CommonOptions& options, std::unique_ptr<Output> output,
          Terminal terminal, Messages& messages, Knowledge knowledge,
          const Clock& clock = system_clock());
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Arguments& arguments() const { return arguments_; }
  const CommonOptions& options() const { return options_; }
  // One of the command's formats.
  std::string_view format() const { return options_.format; }

  // Data. run() finishes it after the command.
  Output& out() { return *output_; }
  // What the data is shown on.
  const Terminal& terminal() const { return terminal_; }
  Messages& messages() { return messages_; }
  // Shows the problems; an error among them makes the exit code kBadInput, when it would be kDone.
  void report(const LoadReport& problems) { messages_.report(problems); }

  const Knowledge& knowledge() const { return knowledge_; }
  // The log sources of the knowledge. What is faulty in them is reported at the first call.
  const event::LogSources& log_sources();
  const Result<attack::Providers>& providers();
  // ATT&CK as --attack says, else the newest version known. Asking for more than before loads it
  // anew and ends the life of what was given then.
  const Result<attack::Catalogue>& catalogue(attack::Detail detail = attack::Detail::kAll);
  // The workspace of --workspace, else the nearest upwards from here; nullptr when there is none.
  // A faulty nephometer.yml is reported at the first call and fails with kBadWorkspace.
  Result<const workspace::Workspace*> workspace();

  // Threads to use: --jobs, else the processors we may run on; at least 1.
  std::size_t num_jobs() const;
  const Clock& clock() const { return clock_; }
  // --as-of, else now.
  std::chrono::sys_seconds as_of() const;

  // Makes something large that lives as long as the session, for a command that ends with it: where
  // the process ends too (Streams::end), it is never taken apart piece by piece.
  template <typename T, typename... Parts>
  T& make(Parts&&... parts) {
    auto made = std::make_shared<T>(std::forward<Parts>(parts)...);
    T& value = *made;
    made_.push_back(std::move(made));
    return value;
  }

 private:
  Result<std::optional<workspace::Workspace>> load_workspace();

  const Arguments& arguments_;
  const CommonOptions& options_;
  std::unique_ptr<Output> output_;
  const Terminal terminal_;
  Messages& messages_;
  const Knowledge knowledge_;
  const Clock& clock_;
  std::optional<event::LogSources> log_sources_;
  std::optional<Result<attack::Providers>> providers_;
  std::optional<Result<attack::Catalogue>> catalogue_;
  attack::Detail catalogue_detail_ = attack::Detail::kAll;
  std::optional<Result<std::optional<workspace::Workspace>>> workspace_;
  std::vector<std::shared_ptr<void>> made_;  // each may refer to those before it
};

}  // namespace nepho::cli
