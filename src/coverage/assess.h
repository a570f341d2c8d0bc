// From what a team has (rules, log sources) and what ATT&CK says to the state of every cell.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "attack/applicability.h"
#include "attack/catalogue.h"
#include "attack/provider.h"
#include "coverage/coverage.h"
#include "coverage/gate.h"
#include "coverage/model.h"
#include "coverage/refit.h"
#include "evidence/evidence.h"
#include "evidence/fingerprint.h"
#include "evidence/procedure.h"
#include "inventory/detection.h"
#include "inventory/native_detectors.h"

namespace nepho::coverage {

// A signed acceptance of a cell's risk, still valid: a mark over the state, which it leaves alone.
struct Acceptance {
  std::string technique;  // a pattern, as in attack/technique_pattern.h
  std::string provider;   // empty: every one
  std::string words;      // by whom, until when, why; harmless to print
};

// Everything that a coverage is made from, and nothing else: no clock, no file, no environment. The
// two references must outlive the call; the result keeps no view into any of this.
struct Inputs {
  const attack::Catalogue& catalogue;
  const attack::ApplicabilityModel& applicability;
  std::vector<const attack::Provider*> providers;  // the user's, in the order to show
  std::vector<inventory::Detection> detections;
  LogSourceUses log_sources;
  std::vector<inventory::NativeDetector> native;  // those that are on, by id
  std::map<std::string, std::uint64_t>
      fired;                         // by rule id; 0 for one that was run and stayed silent
  std::vector<std::string> core;     // the baseline: patterns of techniques
  std::vector<Acceptance> accepted;  // the last one about a cell counts
  std::string as_of;  // RFC 3339: evidence is as old as it is then, and later evidence is unknown
  std::vector<std::string> assumptions;

  Model model;
  FittedPriors priors;  // of the last refit; empty where there was none
  // What is known of the ways to carry techniques out, and what plays of them showed.
  std::vector<evidence::Procedure> procedures;
  std::vector<evidence::Evidence> evidence;
  // Robustness levels (1..5) by Detection::hash; rules that are not in it are of the model's
  // unknown level.
  std::map<std::string, int, std::less<>> robustness;
  // Digests of schemas by log source (event/schema_digest.h). "aws.cloudtrail.s3_data" has that of
  // "aws.cloudtrail". Without one no evidence expires by its schema.
  evidence::SchemaDigests schema_digests;
  std::map<std::string, double, std::less<>> exposure;  // weights of providers; 1 where missing
};

// Which techniques count for these providers: with containers where one of them is on that
// platform.
attack::Scope scope_of(const std::vector<const attack::Provider*>& providers);

// Never fails: what is wrong with a rule is in the result, as a fault of the rule.
// A pure function of its inputs: the order, repetition and names of the detections change no cell.
// Evidence on a cell changes that cell and its parent, and no other. Without evidence no cell is
// above `mapped`. Cost: rules x their techniques x providers, and the plays once; 3000 rules take
// about 30 ms.
Coverage assess(const Inputs& inputs);

}  // namespace nepho::coverage
