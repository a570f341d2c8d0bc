// What rules are held against when they are read.
#pragma once

#include "attack/catalogue.h"
#include "attack/provider.h"
#include "event/log_source.h"

namespace nepho::inventory {

// Nothing is owned; all of it outlives whoever holds this.
struct References {
  const attack::Catalogue& catalogue;
  const attack::Providers& providers;
  const event::LogSources& log_sources;
};

}  // namespace nepho::inventory
