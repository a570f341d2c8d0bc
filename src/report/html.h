// The coverage as one HTML file that needs nothing else: no script, no font, no network.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "coverage/coverage.h"

namespace nepho::report {

// Leadership reads where it stands: headline, providers, baseline. Engineering also gets the matrix
// and what to mend.
enum class Audience : std::uint8_t { kEngineering, kLeadership };

// "engineering", "leadership".
std::string_view to_string(Audience audience);

struct PageOptions {
  std::string organisation;     // may be empty
  std::string program_version;  // "0.1.0"
  Audience audience = Audience::kEngineering;
};

// Headline, heatmap with a switch between providers, what fired, what is broken and why, gaps of
// the baseline, rules that count nowhere, and the reasons of every cell. Reads well in light and
// dark, on paper, and to a screen reader.
//
// Whatever rules, workspaces or catalogues hold is shown as text: the page's structure does not
// depend on it, and its Content-Security-Policy lets nothing run or load. Deterministic.
std::string to_html(const coverage::Coverage& coverage, const PageOptions& options);

}  // namespace nepho::report
