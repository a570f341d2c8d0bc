// The built-in pack of rules: what knowledge/rules holds.
#pragma once

#include <vector>

#include "cli/session.h"
#include "sigma/document.h"
#include "sigma/load.h"

namespace nepho::cli {

// The pack's documents, not linked yet. A rule of ours that lacks the values of a placeholder is no
// fault of the user's input: its error becomes a note, and the rule is not run.
//
// In a workspace one line a placeholder says on stderr which key of nephometer.yml fills it and
// what its absence costs: rules that are not run, and rules that run without an exception
// (sigma/detection.h). Outside one, one line says it of the pack.
std::vector<sigma::Document> load_pack(Session& session, const sigma::LoadOptions& options);

// Makes notes of the errors of a document that has no others than placeholders without values. It
// stays as little runnable as it was.
void excuse_missing_values(sigma::Document& document);

}  // namespace nepho::cli
