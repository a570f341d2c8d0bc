#include "cli/session.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "attack/library.h"
#include "inventory/native_detectors.h"
#include "workspace/errors.h"
#include "workspace/read.h"

namespace nepho::cli {

Session::Session(const Arguments& arguments, const CommonOptions& options,
                 std::unique_ptr<Output> output, Terminal terminal, Messages& messages,
                 Knowledge knowledge, const Clock& clock)
    : arguments_(arguments),
      options_(options),
      output_(std::move(output)),
      terminal_(terminal),
      messages_(messages),
      knowledge_(std::move(knowledge)),
      clock_(clock) {}

Session::~Session() {
  while (!made_.empty()) made_.pop_back();
}

std::size_t Session::num_jobs() const {
  // Beyond the largest machines' processors more threads only cost memory, and the system ends the
  // process when it has none left to give. The bound is a guess.
  constexpr std::size_t kMaxJobs = 256;
  if (options_.jobs) return std::clamp<std::size_t>(*options_.jobs, 1, kMaxJobs);
  cpu_set_t allowed;  // what a container or taskset leaves us
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return 1;
  return static_cast<std::size_t>(std::max(CPU_COUNT(&allowed), 1));
}

const event::LogSources& Session::log_sources() {
  if (!log_sources_) {
    LoadReport problems;
    log_sources_ = event::LogSources::load(knowledge_, problems);
    report(problems);
  }
  return *log_sources_;
}

const Result<attack::Providers>& Session::providers() {
  if (!providers_) providers_ = attack::Providers::load(knowledge_);
  return *providers_;
}

const Result<attack::Catalogue>& Session::catalogue(attack::Detail detail) {
  const bool is_enough =
      catalogue_ && (detail == catalogue_detail_ || catalogue_detail_ == attack::Detail::kAll);
  if (!is_enough) {
    catalogue_ = attack::load_catalogue(knowledge_, options_.attack_version.value_or(""), detail);
    catalogue_detail_ = detail;
  }
  return *catalogue_;
}

Result<const workspace::Workspace*> Session::workspace() {
  if (!workspace_) workspace_ = load_workspace();
  if (!*workspace_) return std::unexpected(workspace_->error());
  const auto& held = **workspace_;
  return held ? &*held : nullptr;
}

// Names in the file are held against the knowledge, so that comes first. All faults are shown, then
// one error says that there were some: a user mends a file once, not fault by fault.
Result<std::optional<workspace::Workspace>> Session::load_workspace() {
  const auto folder = options_.workspace ? options_.workspace : workspace::find_folder(".");
  if (!folder) return std::nullopt;
  if (!providers()) return std::unexpected(providers().error());
  workspace::Known known{.providers = providers()->ids(),
                         .log_sources = {},
                         .native = inventory::native_detector_ids(knowledge_)};
  for (const auto& source : log_sources().all()) known.log_sources.push_back(source.id);

  LoadReport problems;
  auto read = workspace::read_workspace(*folder, known, problems);
  if (!read) return std::unexpected(read.error());
  report(problems);
  if (!problems.has_errors()) return std::move(*read);
  return fail(workspace::kBadWorkspace,
              fmt::format("nothing was done: the workspace has {} error{}", problems.num_errors(),
                          problems.num_errors() == 1 ? "" : "s"),
              Place{.file = read->file});
}

std::chrono::sys_seconds Session::as_of() const {
  return options_.as_of.value_or(std::chrono::floor<std::chrono::seconds>(clock_.now()));
}

}  // namespace nepho::cli
