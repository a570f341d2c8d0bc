// Where Sigma engines differ, and what this one does: the table that `--explain-semantics` prints
// and that plan/reference.cc carries out.
#pragma once

#include <span>
#include <string_view>

namespace nepho::plan {

struct SemanticsRow {
  std::string_view question;
  std::string_view answer;
};

// In the order to show it. docs/decisions/sigma-semantics.md says why each is as it is.
std::span<const SemanticsRow> semantics();

}  // namespace nepho::plan
