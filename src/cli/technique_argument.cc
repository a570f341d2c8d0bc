#include "cli/technique_argument.h"

#include <fmt/format.h>

#include "attack/migration.h"
#include "base/printable.h"

namespace nepho::cli {

Result<attack::TechniqueId> wanted_technique(Session& session, const attack::Catalogue& catalogue) {
  const std::string text = session.arguments().value_or("TECHNIQUE", "");
  const auto id = attack::parse_technique_id(text);
  if (!id) {
    return fail(kBadTechnique, "no technique's id: " + escape_for_log(text), {},
                "an id is like T1537 or T1078.004");
  }
  const attack::TechniqueFate fate = attack::fate_of(catalogue, *id);
  if (fate.fate == attack::Fate::kReplaced) {
    session.messages().note(
        fmt::format("{} was revoked; {} took its place", id->value, fate.id.value));
    return fate.id;
  }
  if (fate.fate == attack::Fate::kCurrent) return *id;
  return fail(kBadTechnique,
              fmt::format("ATT&CK {} has no active technique {}", catalogue.version(), id->value),
              {}, "'nepho matrix' lists those of the cloud");
}

}  // namespace nepho::cli
