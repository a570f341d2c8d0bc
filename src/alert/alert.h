// An alert that another product raised, whatever its export looks like.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/place.h"

namespace nepho::alert {

// All texts are the alert's own, cut to kMaxTextBytes, and written by whoever attacked: they go
// through an encoder before they are shown. A plain value.
struct Alert {
  std::string form;      // by which it was read: "elastic" (forms.h)
  std::string product;   // that raised it, as the alert says; else what the form is called
  std::string id;        // its own; may be empty, as may all that follows
  std::string rule;      // the rule's id
  std::string title;     // the rule's name, or the alert's
  std::string severity;  // as written, in lower case
  // Well-formed ids, upper case, in order, without repeats; where the form names the parent of each
  // sub-technique, without it. As the product has them: they may be retired.
  std::vector<std::string> techniques;
  // In the order met, without repeats.
  std::vector<std::string> accounts;
  std::vector<std::string> actors;     // a name, an ARN, an address of mail: whoever it was
  std::vector<std::string> addresses;  // IP addresses that it came from
  // Unique ids of the events that it names, in lower case: those at the form's paths, and every
  // UUID in the alert. Most are of other things; an event's id is like no other.
  std::vector<std::string> ids_within;
  std::optional<Instant> time;  // when it was raised
  // Of the activity it is about, where it says.
  std::optional<Instant> seen_from;
  std::optional<Instant> seen_to;
  Place place;  // file and line
  bool operator==(const Alert&) const = default;
};

// Beyond, a text is cut: rule names have up to 200 bytes, ARNs up to 2,048 (of which no more is
// needed to tell them apart).
inline constexpr std::size_t kMaxTextBytes = 512;
// Of each list of an alert. An incident may name hundreds of hosts; the first tell who it is about.
inline constexpr std::size_t kMaxValues = 64;
// Of UUIDs, which are not all of events.
inline constexpr std::size_t kMaxIds = 512;

}  // namespace nepho::alert
