// What correlations of our own types are told beside the standard's keys (docs/behaviour.md). The
// names of these types and of their options begin with x_, so that nobody takes them for Sigma's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace nepho::sigma {

// A plain value: what the document says, checked; nothing where it says nothing.
struct BehaviourOptions {
  // x_memory: how long what was seen of a group is remembered after it was seen last.
  std::optional<std::chrono::seconds> memory;
};

}  // namespace nepho::sigma
