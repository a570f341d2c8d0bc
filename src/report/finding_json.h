// Findings as JSON (cli.md, "Finding").
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detect/finding.h"
#include "plan/plan.h"

namespace nepho::report {

// What a rule's tags mean in the loaded version of ATT&CK: current ids, sorted, without repeats.
struct RuleLabels {
  std::vector<std::string> techniques;
  std::vector<std::string> tactics;
};

// What turns the numbers in findings into names. Nothing is owned.
struct FindingNames {
  const plan::Plan& plan;
  const std::vector<std::string>& files;  // those of earlier runs behind those of this one
  const std::vector<RuleLabels>& labels;  // by rule

  const sigma::Rule& rule(const detect::Finding& finding) const {
    return plan.rules()[finding.match.rule];
  }
  const std::string& file(const detect::Finding& finding) const {
    return files[finding.match.place.file];
  }
  // "aws.cloudtrail", "generic".
  std::string_view log_source(const detect::Finding& finding) const;
  // "aws"; empty for a generic one.
  std::string_view provider(const detect::Finding& finding) const;
};

// Writes findings as JSON. What it says of a rule is the same in each of the rule's findings in one
// kind of log and is made once for neighbours. One owner.
class FindingWriter {
 public:
  explicit FindingWriter(const FindingNames& names)
      : names_(names), of_rule_(names.plan.rules().size()) {}

  // Appends one finding as one JSON object on one line, with a line end. Texts from the log are
  // escaped by the writer; the event goes in as the JSON it was, line ends taken out.
  void append(const detect::Finding& finding, std::string& out);

 private:
  const std::string& of_rule(const detect::Finding& finding);
  void append_group(const detect::Finding& finding, std::string& out) const;
  void append_event(const detect::EarlierEvent& event, std::string& out);
  const std::string& quoted_file(std::uint32_t file);

  const FindingNames& names_;
  // By rule: the kind of log (index into plan.sources()), and what was made for it.
  std::vector<std::pair<std::uint32_t, std::string>> of_rule_;
  std::string quoted_file_;  // of the file asked for last; empty for none
  std::uint32_t quoted_file_number_ = 0;
};

}  // namespace nepho::report
