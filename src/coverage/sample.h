// A small matrix for tests: a made-up part of ATT&CK, three providers, and rules as a test wants
// them. Coverage, layers and reports are tested on it; real versions of ATT&CK would make every
// test depend on MITRE's next one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "coverage/assess.h"

namespace nepho::coverage {

// Owns what Inputs refers to; keep it as long as they are used.
struct SampleMatrix {
  std::unique_ptr<attack::Catalogue> catalogue;
  std::unique_ptr<attack::Providers> providers;
  std::unique_ptr<attack::ApplicabilityModel> applicability;

  SampleMatrix();
  // No rules; logs of aws and azure arrive, gcp is blind. aws.s3 is known and off.
  Inputs inputs() const;
};

// A Sigma rule of one provider and one log source, runnable and of status "test".
inventory::Detection sample_rule(std::string id, std::vector<std::string> techniques,
                                 std::string provider = "aws",
                                 std::string log_source = "aws.cloudtrail");

}  // namespace nepho::coverage
