// A procedure that can be played: what it is, and its steps (docs/formats/procedure.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/problem.h"
#include "evidence/procedure.h"
#include "exercise/operations.h"
#include "exercise/step.h"

namespace nepho::exercise {

struct Procedure {
  evidence::Procedure facts;
  std::string description;
  std::vector<std::string> references;
  Scenario attack;
  // What looks like it and is ordinary work: a rule for the technique must stay silent on these.
  std::vector<Scenario> lookalikes;
  Place place;
};

// Reads one file. `stem` is its name without ".yml", which must be the procedure's id. Every fault
// goes to `report` with its place; with any error there is no procedure.
std::optional<Procedure> parse_procedure(std::string_view yaml, const std::string& file,
                                         std::string_view stem, const Operations& operations,
                                         LoadReport& report);

// Those of knowledge/procedures/, in the order of their paths. A faulty file costs only itself.
std::vector<Procedure> load_procedures(const Knowledge& knowledge, const Operations& operations,
                                       LoadReport& report);

}  // namespace nepho::exercise
