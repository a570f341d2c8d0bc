#include "coverage/evidence_index.h"

#include "attack/migration.h"
#include "evidence/fingerprint.h"
#include "text/timestamp.h"

namespace nepho::coverage {
namespace {

using evidence::Evidence;
using evidence::Procedure;

// The technique of today that was meant; the old id where there is none.
std::string current_id(const attack::Catalogue& catalogue, const std::string& id) {
  const attack::TechniqueFate fate = attack::fate_of(catalogue, {id});
  return fate.fate == attack::Fate::kReplaced ? fate.id.value : id;
}

}  // namespace

// Procedures first: they say where plays of them belong.
EvidenceIndex::EvidenceIndex(const Inputs& inputs) : inputs_(inputs) {
  const auto as_of = text::parse_timestamp(inputs.as_of);
  as_of_ = as_of ? as_of->time : decltype(as_of_)::max();
  std::map<std::string, const Procedure*, std::less<>> by_id;
  for (const Procedure& procedure : inputs.procedures) by_id[procedure.id] = &procedure;
  std::map<std::string_view, std::pair<Key, std::string>> places;
  for (const auto& [id, procedure] : by_id) {
    Key key{current_id(inputs.catalogue, procedure->technique), procedure->provider};
    procedures_[key][id] = procedure;
    places[id] = {std::move(key),
                  evidence::schema_hash(inputs.schema_digests, procedure->log_sources)};
  }
  for (const Evidence& evidence : inputs.evidence) {
    const Key played{current_id(inputs.catalogue, evidence.technique), evidence.provider};
    const auto place = places.find(evidence.procedure);
    if (place == places.end()) {
      plays_[played].push_back({.evidence = &evidence});
    } else {
      const auto& [key, schema] = place->second;
      plays_[key].push_back({&evidence, key == played, schema});
    }
  }
}

std::vector<const Procedure*> EvidenceIndex::procedures_of(const attack::TechniqueId& technique,
                                                           const std::string& provider) const {
  std::vector<const Procedure*> found;
  const auto here = procedures_.find({technique.value, provider});
  if (here == procedures_.end()) return found;
  for (const auto& [id, procedure] : here->second) found.push_back(procedure);
  return found;
}

std::vector<Play> EvidenceIndex::plays_of(const attack::TechniqueId& technique,
                                          const std::string& provider) const {
  const auto here = plays_.find({technique.value, provider});
  return here == plays_.end() ? std::vector<Play>{} : here->second;
}

}  // namespace nepho::coverage
