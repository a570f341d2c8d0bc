// Asks the same rules about the same record in both ways that we have: through the plan with all
// its shortcuts, and through the reference evaluator, which is the definition (plan/reference.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/evaluator.h"
#include "event/log_source.h"
#include "plan/plan.h"
#include "plan/reference.h"
#include "sigma/rule.h"
#include "text/escape_index.h"
#include "text/json_index.h"

namespace nepho::tests {

// The two answers for one rule; a defect of the plan wherever they differ.
struct Answers {
  bool plan = false;
  bool reference = false;
  bool agree() const { return plan == reference; }
};

// Keeps the evaluator between records, as detect/ does: what it remembers of one record must not
// show in the next. Rules are run without log sources (`--ignore-logsource`), or on the records of
// the first of `sources`.
class BothWays {
 public:
  BothWays(std::vector<sigma::Rule> rules, bool strict_fields, event::LogSources sources = {});
  BothWays(const BothWays&) = delete;
  BothWays& operator=(const BothWays&) = delete;

  // An answer a rule, in their order; none when either way cannot read the record.
  std::vector<Answers> ask(std::string_view record);

 private:
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  plan::FieldNames names_;
  plan::Plan plan_;
  detect::Evaluator evaluator_;
  event::RecordView view_;
  text::JsonIndexer indexer_;
  text::EscapeIndex escapes_;
  bool knows_escapes_ = false;
  std::string padded_;
};

}  // namespace nepho::tests
