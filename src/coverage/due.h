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
  double days_left = 0;  // below 0: it counts no more
  std::string why;       // harmless to print

  bool has_ended() const { return days_left < 0; }
};

// A month: a team that exercises once a month plays in time what is listed.
inline constexpr double kNoticeDays = 30;

// Of each procedure and kind the latest play in which a rule alerted, when it has ended (by its
// age, or because something that it rests on is not what it was) or ends within `notice_days`. The
// soonest first, then by cell and procedure. What explain() says of the same evidence is the same.
std::vector<DuePlay> due_plays(const Coverage& coverage, double notice_days = kNoticeDays);

}  // namespace nepho::coverage
