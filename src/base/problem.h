// What a loader found wrong on its way: many, each with its place; loading went on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace nepho {

enum class Severity { kNote, kWarning, kError };

// "note", "warning", "error".
std::string_view to_string(Severity severity);

// One thing a loader found. `fix`, when not empty, is the text that would stand there instead.
struct Problem {
  Severity severity = Severity::kError;
  Error error;
  std::string fix;
};

// "place: severity[code]: message" and, on a second line, the hint.
std::string to_string(const Problem& problem);

// All problems of a load, in the order they were met. One bad rule never costs the others.
class LoadReport {
 public:
  void add(Severity severity, Error error, std::string fix = {}) {
    problems_.push_back({severity, std::move(error), std::move(fix)});
  }
  void add_error(Error error) { add(Severity::kError, std::move(error)); }
  void add_warning(Error error) { add(Severity::kWarning, std::move(error)); }
  void append(LoadReport other);

  const std::vector<Problem>& problems() const { return problems_; }
  std::size_t num_errors() const;
  bool has_errors() const { return num_errors() != 0; }

 private:
  std::vector<Problem> problems_;
};

}  // namespace nepho
