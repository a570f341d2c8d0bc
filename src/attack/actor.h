// Who uses techniques: groups, their campaigns, and the software they bring.
#pragma once

#include <string>
#include <vector>

#include "attack/date.h"
#include "attack/id.h"
#include "attack/technique.h"

namespace nepho::attack {

// Lists are sorted and without repeats; `aliases` keep ATT&CK's order and mostly begin with the
// name. `techniques` are only those a report shows this actor itself to use, not those of its
// software.
struct Group {
  GroupId id;
  std::string name;
  Status status = Status::kActive;
  GroupId revoked_by;
  std::vector<std::string> aliases;
  std::string version;
  Date created = kNoDate;
  Date modified = kNoDate;
  std::vector<TechniqueId> techniques;
  std::vector<SoftwareId> software;
};

struct Campaign {
  CampaignId id;
  std::string name;
  Status status = Status::kActive;
  std::vector<std::string> aliases;
  Date first_seen = kNoDate;
  Date last_seen = kNoDate;
  std::vector<GroupId> groups;  // it is attributed to
  std::vector<TechniqueId> techniques;
  std::vector<SoftwareId> software;
};

struct Software {
  SoftwareId id;
  std::string name;
  Status status = Status::kActive;
  SoftwareId revoked_by;
  bool is_tool = false;  // a tool that others use too; else malware
  std::vector<std::string> aliases;
  std::vector<std::string> platforms;
  std::vector<TechniqueId> techniques;
};

}  // namespace nepho::attack
