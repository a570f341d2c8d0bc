// Labelled logs: which lines of which files are an attack, and of which technique.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace nepho::exercise {

// A row of a cases file (docs/formats/cases.md).
struct LabelledLines {
  std::string kind;                     // "attack", "claim", "signal"; "lookalike"; others
  std::string source;                   // whose logs they are
  std::string provider;                 // "aws"
  std::string file;                     // below the telemetry's folder
  std::vector<std::uint64_t> lines;     // 1-based, rising; empty: the whole file
  std::vector<std::string> techniques;  // any of them is right
  std::string name;                     // of the case; rows that share it are one case
  std::string procedure;                // the catalogue's procedure that it is, where it is one
  std::size_t row = 0;                  // 1-based line in the cases file

  // Whether a rule for one of the techniques should fire on it.
  // A row that names no technique says only that something should fire: no evidence of any.
  bool should_alert() const {
    return !techniques.empty() && (kind == "attack" || kind == "claim" || kind == "signal");
  }
  bool is_lookalike() const { return kind == "lookalike"; }
  // Whether a program of ours made the records: they stay synthetic, whatever file they are in.
  bool is_made() const { return source == "nephometer"; }
};

// Rows that share what they are and their name. Views into the rows.
struct Case {
  const LabelledLines* first = nullptr;
  std::vector<const LabelledLines*> rows;
};

// The cases of the rows that are wanted, in the order of their first rows.
std::vector<Case> group_cases(const std::vector<LabelledLines>& rows,
                              bool (*is_wanted)(const LabelledLines&));

// Reads tab-separated values under a head line that names the columns: kind, file and techniques
// must be there; source, provider, lines, case and procedure may be. A faulty row is reported with
// its line and left out, and so is a file that would lead out of its folder. At most 100 000 rows.
std::vector<LabelledLines> parse_cases(std::string_view text, const std::string& file,
                                       LoadReport& report);

}  // namespace nepho::exercise
