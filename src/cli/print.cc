#include "cli/print.h"

namespace nepho::cli {

void print(Session& session, const report::Table& table) {
  if (session.format() == "markdown") {
    session.out().write(report::to_markdown(table));
  } else if (session.format() == "csv") {
    session.out().write(report::to_csv(table));
  } else {
    const Terminal& terminal = session.terminal();
    session.out().write(
        report::to_text(table, {.width = static_cast<std::size_t>(terminal.table_width),
                                .has_color = terminal.has_color}));
  }
}

}  // namespace nepho::cli
