// What rules are held against when they are read.
#pragma once

#include "attack/applicability.h"
#include "attack/catalogue.h"
#include "attack/other_versions.h"
#include "attack/provider.h"
#include "event/event_facts.h"
#include "event/log_source.h"

namespace nepho::inventory {

class DecisiveEvents;

// Nothing is owned; all of it outlives whoever holds this.
struct References {
  const attack::Catalogue& catalogue;
  const attack::Providers& providers;
  const event::LogSources& log_sources;
  // Knows the exceptions to ATT&CK's platforms; without it the platforms alone count.
  const attack::ApplicabilityModel* applicability = nullptr;
  // Knows single events; without it rules are held against schemas alone.
  const event::AllEventFacts* event_facts = nullptr;
  // Knows other versions of ATT&CK; without it an id of theirs is unknown.
  const attack::OtherVersions* other_versions = nullptr;
  // Knows what events mean; without it nothing is suggested.
  const DecisiveEvents* decisive_events = nullptr;
};

}  // namespace nepho::inventory
