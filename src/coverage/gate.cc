// The gate decides between mapped and broken, so each of its rules errs on the side of the reader:
// a rule that may work is let through only when all that it needs is known to be there.
#include "coverage/gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/printable.h"

namespace nepho::coverage {
namespace {

// The problem that inventory/ reports for a field outside the log source's schema. Known by its
// code, since a problem has no kind; a change of the code there turns a test red here.
constexpr std::string_view kUnknownFieldProblem = "unknown-field";

// "sigma.unknown_modifier" and "unknown-modifier" are the same to a reader: what follows the point.
std::string_view short_code(std::string_view code) { return code.substr(code.rfind('.') + 1); }

// Of a field that the rule needs: one of an exception or an alternative is a note.
bool is_unknown_field(const Problem& problem) {
  if (problem.severity == Severity::kNote) return false;
  const std::string_view code = short_code(problem.error.code.name());
  return code == kUnknownFieldProblem || code == "unknown_field";
}

// A rule may have many errors; the first is mostly the cause of the others.
std::string first_error(const inventory::Detection& detection) {
  for (const Problem& problem : detection.problems) {
    if (problem.severity != Severity::kError) continue;
    const Place& place = problem.error.place;
    return place.line == 0 ? problem.error.message
                           : fmt::format("line {}: {}", place.line, problem.error.message);
  }
  return "it cannot be compiled";
}

// Rules of other products run in those products: that our engine cannot run them says nothing.
// One that could not even be read is broken wherever it is from.
bool cannot_run(const inventory::Detection& detection) {
  if (detection.runnable) return false;
  // An empty format is a file that nobody could read: it counts as ours, so that it is seen.
  if (detection.format == "sigma" || detection.format.empty()) return true;
  return detection.id.empty() && detection.name.empty();
}

}  // namespace

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::kNotRunnable: return "not-runnable";
    case Fault::kDisabled: return "disabled";
    case Fault::kDeprecated: return "deprecated";
    case Fault::kUnsupported: return "unsupported";
    case Fault::kUnknownLogSource: return "unknown-log-source";
    case Fault::kLogSourceOff: return "log-source-off";
    case Fault::kLogSourceDark: return "log-source-dark";
    case Fault::kMissingField: return "missing-field";
  }
  return "not-runnable";
}

// All that is wrong, not the first thing: who enables a rule should know that it does not compile.
std::vector<Broken> faults_of(const inventory::Detection& detection) {
  std::vector<Broken> faults;
  if (cannot_run(detection)) faults.push_back({Fault::kNotRunnable, first_error(detection)});
  if (!detection.enabled) faults.push_back({Fault::kDisabled, "it is switched off"});
  if (detection.status == "deprecated") {
    faults.push_back({Fault::kDeprecated, "its status is 'deprecated'"});
  }
  if (detection.status == "unsupported") {
    faults.push_back({Fault::kUnsupported, "its status is 'unsupported'"});
  }
  for (const Problem& problem : detection.problems) {
    if (is_unknown_field(problem)) faults.push_back({Fault::kMissingField, problem.error.message});
  }
  return faults;
}

// What fell silent is said first, since it once worked; then what is switched off, since it can be
// switched on; what is unknown last.
std::vector<Broken> faults_on(const inventory::Detection& detection, std::string_view provider,
                              const LogSourceUses& log_sources) {
  std::vector<std::string> dark;
  std::vector<std::string> off;
  std::vector<std::string> unknown;
  for (const std::string& id : detection.log_sources) {
    const auto found = log_sources.find(id);
    if (found == log_sources.end()) {
      unknown.push_back(escape_for_log(id));
    } else if (found->second.provider == provider) {
      // One that arrives is enough; what the others are does not matter then.
      if (found->second.arrives()) return {};
      if (found->second.enabled) {
        dark.push_back(found->second.dark);
      } else {
        off.push_back(escape_for_log(id));
      }
    }
  }
  if (!dark.empty()) return {{Fault::kLogSourceDark, fmt::format("{}", fmt::join(dark, "; "))}};
  if (!off.empty()) {
    return {{Fault::kLogSourceOff,
             fmt::format("the workspace does not receive {}", fmt::join(off, " or "))}};
  }
  if (!unknown.empty()) {
    return {{Fault::kUnknownLogSource,
             fmt::format("nothing known delivers the log source {}", fmt::join(unknown, ", "))}};
  }
  // Other formats do not always name their logs; what they name wrongly is for the lint to say.
  if (detection.format != "sigma") return {};
  return {{Fault::kUnknownLogSource,
           fmt::format("it names no log source of {} that is known", provider)}};
}

}  // namespace nepho::coverage
