// What correlations refer to, found among the documents that were loaded together.
#pragma once

#include <vector>

#include "sigma/document.h"

namespace nepho::sigma {

// Numbers the documents (Rule::number) and resolves the references of correlations: an id, else a
// name, else a title; where several rules have the name, those of the correlation's own file come
// first. A correlation is runnable when it has no errors and all that it refers to is runnable.
//
// Errors, each at the reference: a rule that nobody has (with a "did you mean"), a name that
// several have, a rule that cannot be run, and correlations that refer to each other in a loop.
// Warnings: an alias that no group-by or field uses, and one that does not say which field it is in
// some rule.
//
// Marks the rules that give no findings of their own (Rule::is_silent): those that a runnable
// correlation refers to and none with `generate: true`. Correlations are never silent: the steps of
// a chain are findings in themselves.
void link_correlations(std::vector<Document>& documents);

}  // namespace nepho::sigma
