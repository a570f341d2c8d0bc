// One inject of a tabletop as Markdown.
#pragma once

#include <cstddef>
#include <string>

#include "report/tabletop.h"

namespace nepho::report {

// Where an inject stands.
struct InjectPlace {
  std::size_t number = 1;  // in the whole document
  std::size_t in_part = 0;
  const exercise::Part* part = nullptr;
  Instant start;  // of the first record of the document
};

// Heading, what is handed out, the questions, and what the facilitator knows.
std::string inject_markdown(const TabletopPage& page, const exercise::Inject& inject,
                            const InjectPlace& place);

// "**Title** (high, T1537)"; `counts` when it is mapped to the technique.
std::string rule_markdown(const TabletopPage& page, std::uint32_t rule);

// Whether the rule is mapped to the technique of the page.
bool counts_on(const TabletopPage& page, std::uint32_t rule);

// The tactic in a procedure's id: "exfiltration" of "aws.exfiltration.share".
std::string tactic_of(const exercise::Procedure& procedure);

// The log's entry on the page; nullptr when it has none.
const TabletopLog* find_log(const TabletopPage& page, std::string_view id);

}  // namespace nepho::report
