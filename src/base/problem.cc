#include "base/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace nepho {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "error";
}

std::string to_string(const Problem& problem) {
  const Error& error = problem.error;
  std::string text = to_string(error.place);
  if (!text.empty()) text += ": ";
  text += fmt::format("{}[{}]: {}", to_string(problem.severity), error.code.name(), error.message);
  if (!error.hint.empty()) text += fmt::format("\n   {}", error.hint);
  return text;
}

void LoadReport::append(LoadReport other) {
  problems_.insert(problems_.end(), std::make_move_iterator(other.problems_.begin()),
                   std::make_move_iterator(other.problems_.end()));
}

std::size_t LoadReport::num_errors() const {
  return static_cast<std::size_t>(
      std::count_if(problems_.begin(), problems_.end(),
                    [](const Problem& problem) { return problem.severity == Severity::kError; }));
}

}  // namespace nepho
