#include "cli/session.h"

#include <sched.h>

#include <algorithm>
#include <utility>

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

std::size_t Session::num_jobs() const {
  if (options_.jobs) return std::max<std::size_t>(*options_.jobs, 1);
  cpu_set_t allowed;  // what a container or taskset leaves us
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return 1;
  return static_cast<std::size_t>(std::max(CPU_COUNT(&allowed), 1));
}

std::chrono::sys_seconds Session::as_of() const {
  return options_.as_of.value_or(std::chrono::floor<std::chrono::seconds>(clock_.now()));
}

}  // namespace nepho::cli
