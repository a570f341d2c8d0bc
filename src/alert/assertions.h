// What others say of techniques, without an alert to show for it: test cases of VECTR, scores of
// DeTT&CT. Claims of people, and never proof.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/place.h"
#include "base/problem.h"

namespace nepho::alert {

enum class Claimed : std::uint8_t {
  kDetected,
  kLogged,  // seen in a log, and nothing raised
  kNotDetected,
  kBlocked,
};

// A plain value; texts are bounded as those of alerts are.
struct Assertion {
  std::string source;     // "vectr", "dettect"
  std::string name;       // of the test case, or where the detection is ("SIEM"); may be empty
  std::string technique;  // a well-formed id, as it is written: it may be retired
  Claimed claimed = Claimed::kNotDetected;
  std::string note;  // "score 3 of 5"
  std::optional<Instant> time;
  Place place;
  bool operator==(const Assertion&) const = default;
};

// Nothing when the text is neither: it is something else. Of VECTR the test cases that were
// completed, in the CSV that vectr-tools reads (columns Variant, MitreID, Status, Outcome). Of
// DeTT&CT the detections of a technique administration file (1.1 to 1.2), the latest score of each
// entry of the score logbook: 1 to 5 is a detection, 0 only forensics or context, -1 none. Rows
// without a technique are left out; a file that cannot be read is reported.
std::optional<std::vector<Assertion>> read_assertions(std::string_view text,
                                                      const std::string& file, LoadReport& report);

// Test cases or scores of one file; more are left out.
inline constexpr std::size_t kMaxAssertions = 50'000;

}  // namespace nepho::alert
