// What correlations of our own types are told beside the standard's keys (docs/behaviour.md). The
// names of these types and of their options begin with x_, so that nobody takes them for Sigma's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace nepho::sigma {

// A plain value: what the document says, checked; nothing where it says nothing.
struct BehaviourOptions {
  // x_memory: how long what was seen of a group is remembered after it was seen last.
  std::optional<std::chrono::seconds> memory;
  // x_minimum: earlier windows (x_volume) or events with a value (x_rare) that must be known.
  std::uint64_t minimum = 0;
  // x_distance: what is nearer is no travel (x_velocity); kilometres.
  double distance_km = 0;
  // x_denials: the share of denials, 0..1, that there must be; nothing: they are not looked at.
  std::optional<double> denials;
  // x_denied: the field that is there, and not null, in what was denied.
  std::string denied_field;
};

}  // namespace nepho::sigma
