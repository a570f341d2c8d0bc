// Asks the same rules about the same record in both ways that we have: through the plan with all
// its shortcuts, and through the reference evaluator, which is the definition (plan/reference.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detect/evaluator.h"
#include "event/log_source.h"
#include "plan/plan.h"
#include "sigma/rule.h"
#include "text/json_index.h"

namespace nepho::tests {

// The two answers for one rule; a defect of the plan wherever they differ.
struct Answers {
  bool plan = false;
  bool reference = false;
  bool agree() const { return plan == reference; }
};

// How rules are reached: each is asked of every record, as without log sources
// (`--ignore-logsource`); or by the texts of the fields "name" and "source", as those of a log
// source that says so.
enum class Reached : std::uint8_t { kAlways, kByName };

// Keeps the evaluator between records, as detect/ does: what it remembers of one record must not
// show in the next.
class BothWays {
 public:
  BothWays(std::vector<sigma::Rule> rules, bool strict_fields, Reached reached = Reached::kAlways);
  BothWays(const BothWays&) = delete;
  BothWays& operator=(const BothWays&) = delete;

  // An answer a rule, in their order; none when either way cannot read the record.
  std::vector<Answers> ask(std::string_view record);

 private:
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  plan::Plan plan_;
  detect::Evaluator evaluator_;
  event::RecordView view_;
  text::JsonIndexer indexer_;
  std::string padded_;
};

}  // namespace nepho::tests
