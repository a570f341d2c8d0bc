// The procedures and plays of a coverage by cell.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attack/technique.h"
#include "coverage/assess.h"
#include "coverage/sift.h"

namespace nepho::coverage {

// Finds each cell's part of Inputs::procedures and Inputs::evidence, with ids of techniques
// migrated to the catalogue's version. Points into the inputs, which must outlive it.
class EvidenceIndex {
 public:
  explicit EvidenceIndex(const Inputs& inputs);

  // Inputs::as_of as a time; one that is none is the end of time, at which everything has expired.
  std::chrono::sys_time<std::chrono::nanoseconds> as_of() const { return as_of_; }
  // By id, each once: of several with one id the last, as with everything that is laid over.
  std::vector<const evidence::Procedure*> procedures_of(const attack::TechniqueId& technique,
                                                        const std::string& provider) const;
  // The plays for the technique, and those of its procedures for another one (which do not count).
  std::vector<Play> plays_of(const attack::TechniqueId& technique,
                             const std::string& provider) const;

 private:
  using Key = std::pair<std::string, std::string>;  // technique, provider

  const Inputs& inputs_;
  std::chrono::sys_time<std::chrono::nanoseconds> as_of_;
  std::map<Key, std::map<std::string, const evidence::Procedure*>> procedures_;
  std::map<Key, std::vector<Play>> plays_;
};

}  // namespace nepho::coverage
