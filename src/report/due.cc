#include "report/due.h"

#include "evidence/words.h"

namespace nepho::report {

Table due_table(const coverage::Coverage& coverage, const std::vector<coverage::DuePlay>& due) {
  Table table({{"STATE", Align::kLeft, false},
               {"TECHNIQUE", Align::kLeft, false},
               {"PROCEDURE"},
               {"KIND", Align::kLeft, false},
               {"WHY"}});
  for (const coverage::DuePlay& play : due) {
    table.add_row(
        {{play.has_ended ? "stale" : "due", play.has_ended ? Tone::kBad : Tone::kMiddling},
         coverage.cells[play.cell].technique.value,
         play.procedure,
         evidence::to_string(play.kind),
         play.why});
  }
  return table;
}

}  // namespace nepho::report
