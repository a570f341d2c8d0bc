// What `nepho matrix` and `nepho matrix TECHNIQUE` share.
#pragma once

#include <string>
#include <vector>

#include "attack/applicability.h"
#include "attack/catalogue.h"
#include "cli/session.h"
#include "text/json_writer.h"

namespace nepho::cli {

// A provider a technique has a cell on, and what is known of it; kNo only where another serves it.
struct ProviderCell {
  const attack::Provider* provider = nullptr;
  attack::Applicability applicability;
};

// Our curated exceptions and ATT&CK, without a workspace.
Result<attack::ApplicabilityModel> load_applicability(const attack::Catalogue& catalogue,
                                                      const attack::Providers& providers,
                                                      const Knowledge& knowledge);

// In the providers' order; those that ATT&CK does not name and no exception adds are left out.
std::vector<ProviderCell> cells_of(const attack::Technique& technique,
                                   const attack::Providers& providers,
                                   const attack::ApplicabilityModel& model);

// "aws azure? entra": a question mark where it is not known.
std::string to_text(const std::vector<ProviderCell>& cells);

// "impact, execution" by the shortnames of the catalogue.
std::string tactics_text(const attack::Technique& technique, const attack::Catalogue& catalogue);

// The members that both documents have: technique, name, tactics, platforms, providers.
void write_members(const attack::Technique& technique, const std::vector<ProviderCell>& cells,
                   text::JsonWriter& json);

// Prints everything about one technique in the session's format.
void print_technique(Session& session, const attack::Catalogue& catalogue,
                     const attack::Technique& technique, const std::vector<ProviderCell>& cells);

}  // namespace nepho::cli
