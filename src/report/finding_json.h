// Findings as JSON (cli.md, "Finding").
#pragma once

#include <string>
#include <vector>

#include "detect/finding.h"
#include "sigma/rule.h"

namespace nepho::report {

// What a rule's tags mean in the loaded version of ATT&CK: current ids, sorted, without repeats.
struct RuleLabels {
  std::vector<std::string> techniques;
  std::vector<std::string> tactics;
};

// Appends one finding as one JSON object on one line, with a line end. Texts from the log are
// escaped by the writer; the event goes in as the JSON it was, line ends taken out.
void append_finding(const detect::Finding& finding, const sigma::Rule& rule,
                    const RuleLabels& labels, std::string& out);

}  // namespace nepho::report
