// Which proof is worn out, or soon will be: what to play again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "coverage/coverage.h"

namespace nepho::coverage {

// An alert that proved something and does no more, or not for long.
struct DuePlay {
  std::size_t cell = 0;  // index in Coverage::cells
  std::string procedure;
  evidence::Kind kind = evidence::Kind::kSynthetic;
  bool has_ended = false;  // it counts no more
  double days_left = 0;    // until its age ends it; below 0 when it has; of a changed rule too
  std::string why;         // harmless to print
};

// A month: a team that exercises once a month plays in time what is listed.
inline constexpr double kNoticeDays = 30;

// Of each procedure and kind the latest play in which a rule alerted, when it has ended (by its
// age, or because something that it rests on is not what it was) or ends within `notice_days`. What
// has ended comes first, then the fewest days left, cell and procedure. What explain() says of the
// same evidence is the same. O(evidence x log evidence).
std::vector<DuePlay> due_plays(const Coverage& coverage, double notice_days = kNoticeDays);

}  // namespace nepho::coverage
