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
//
// What a test can rely on: 7 techniques of the cloud (3 of them sub-techniques of two), aws and
// azure with logs, gcp without; 19 cells that apply, one unknown (T1530 on gcp), one that does not
// (T1136.003 on azure). T9136 and T9530 are retired names of T1136.003 and T1530, and no cells.
struct SampleMatrix {
  std::unique_ptr<attack::Catalogue> catalogue;
  std::unique_ptr<attack::Providers> providers;
  std::unique_ptr<attack::ApplicabilityModel> applicability;

  SampleMatrix();
  // No rules; logs of aws and azure arrive, gcp is blind. aws.s3 is known and off. The core is
  // T1078 and T1530. A fresh value: a test changes it as it likes.
  Inputs inputs() const;
};

// A Sigma rule of one provider and one log source, runnable and of status "test".
inventory::Detection sample_rule(std::string id, std::vector<std::string> techniques,
                                 std::string provider = "aws",
                                 std::string log_source = "aws.cloudtrail");

// A procedure of the cell on which the tests of evidence are made, unless told otherwise.
evidence::Procedure sample_procedure(std::string id, std::string technique = "T1136.003",
                                     std::string provider = "aws",
                                     std::vector<std::string> log_sources = {"aws.cloudtrail"});

// A play of it `age_days` before SampleMatrix's as_of; alerted where one of the trials did in time.
evidence::Evidence sample_play(const std::string& procedure, std::vector<evidence::Trial> trials,
                               double age_days = 5,
                               evidence::Kind kind = evidence::Kind::kSynthetic);

}  // namespace nepho::coverage
