// The gate of a rule (coverage-model.md, "Gates"): why a rule counts nothing, whatever it names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/detection.h"

namespace nepho::coverage {

// A log source as the workspace has it.
struct LogSourceUse {
  std::string provider;  // "aws"
  bool enabled = false;  // the workspace receives it
  double share = 1;      // of the accounts it covers, 0..1
  // Why it is dark (silence.h): collected, but nothing has come for longer than is normal. Empty
  // when it is not, or nobody can say.
  std::string dark;

  bool arrives() const { return enabled && dark.empty(); }
};
// By id: every log source that is known, received or not.
using LogSourceUses = std::map<std::string, LogSourceUse, std::less<>>;

// Of each rule all faults are kept, in this order; mending one may leave another.
enum class Fault : std::uint8_t {
  kNotRunnable,       // it cannot be read, or does not compile
  kDisabled,          // switched off
  kDeprecated,        // by its status
  kUnsupported,       // by its status
  kUnknownLogSource,  // reads logs that nothing known delivers
  kLogSourceOff,      // the workspace does not receive what it reads
  kLogSourceDark,     // what it reads fell silent
  kMissingField,      // asks for a field that its log source does not have
};

// "not-runnable", "disabled", ...: stable, part of the JSON form.
std::string_view to_string(Fault fault);

struct Broken {
  Fault fault = Fault::kNotRunnable;
  std::string reason;  // for the reader; harmless to print
  bool operator==(const Broken&) const = default;
};

// What is wrong with the rule wherever it runs. Both are pure and cheap (O(problems), O(log sources
// x log known)); an empty result means "it works".
std::vector<Broken> faults_of(const inventory::Detection& detection);
// What keeps it from working on this provider, beside faults_of(). A rule that reads several log
// sources of the provider needs one of them: they are alternatives of one Sigma logsource.
//
// A log source of an unknown id is a fault of a Sigma rule only, whose logsource is all that it has
// to say where it runs.
std::vector<Broken> faults_on(const inventory::Detection& detection, std::string_view provider,
                              const LogSourceUses& log_sources);

}  // namespace nepho::coverage
