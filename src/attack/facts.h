// Everything the catalogue knows of one version of ATT&CK, as plain lists.
#pragma once

#include <string>
#include <vector>

#include "attack/actor.h"
#include "attack/analytic.h"
#include "attack/technique.h"

namespace nepho::attack {

// The tactics are in the matrix's order, every other list is sorted by id and has each id once.
// Texts that describe are not kept: facts only.
struct Facts {
  std::string version;  // "19.1"; empty when the bundle does not say
  std::string domain;   // "enterprise-attack"
  Date released = kNoDate;
  std::vector<Tactic> tactics;
  std::vector<Technique> techniques;
  std::vector<Group> groups;
  std::vector<Campaign> campaigns;
  std::vector<Software> software;
  std::vector<Mitigation> mitigations;
  std::vector<DataComponent> data_components;
  std::vector<DetectionStrategy> strategies;
  std::vector<Analytic> analytics;
};

}  // namespace nepho::attack
