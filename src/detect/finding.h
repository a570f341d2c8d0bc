// What we record when a rule fires, with the events that made it fire (cli.md, "Finding").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detect/match.h"

namespace nepho::detect {

struct FindingEvent {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::uint64_t index = 0;  // 0-based among the file's events
};

// A plain value. Texts that come from the log (actor, source_ip, account, event) are untrusted.
struct Finding {
  std::string id;          // the same for the same rule on the same events
  std::uint32_t rule = 0;  // index into plan.rules()
  std::optional<Instant> time;
  std::string provider;
  std::string log_source;
  std::string actor;
  std::string source_ip;
  std::string account;
  std::uint64_t count = 1;  // above 1: folded, `events` holds the first of them
  std::vector<FindingEvent> events;
  std::string event;  // JSON; empty when not kept
};

}  // namespace nepho::detect
