// nepho validate --outcome with what VECTR or DeTT&CT keep: people's claims, shown and kept as
// talk.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "exercise/judge.h"

namespace nepho::cli {

// Judgements of the kind tabletop, which weigh nothing, one for each claim; nothing when the file
// of --outcome is neither VECTR's nor DeTT&CT's. Neither says on which provider: exactly one must
// be named by --provider. Claims of a technique that ATT&CK does not have are left out and counted.
Result<std::optional<std::vector<exercise::Judgement>>> judge_assertions(Session& session);

}  // namespace nepho::cli
