// Policies written otherwise: other text, same meaning.
#pragma once

#include <optional>
#include <string>

#include "exercise/played.h"

namespace nepho::exercise {

// The policies at the fields of the edit (kPolicy), as text in a string or as JSON, are written in
// its way. What is no policy (no "Statement") is left alone; so is what the way does not concern.
void rewrite_policies(const Edit& edit, Played& played);

// One policy's document, without a change to what it allows (IAM user guide, "Grammar of the IAM
// JSON policy language" and the pages of its elements; RFC 8259 for the text). kSpacing and
// kEscapes are of the text, not of the document, and leave it.
void rewrite_policy(Tree& document, PolicyWay way);
// As text: kSpacing with blanks and line ends, kEscapes with letters and signs of strings escaped,
// else compact.
std::string policy_text(const Tree& document, PolicyWay way);

}  // namespace nepho::exercise
