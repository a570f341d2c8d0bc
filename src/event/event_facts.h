// What is known of the single events of a log source: which there are, which are logged only when
// somebody asks for them, which values a field ever has (docs/formats/event-facts.md).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/problem.h"

namespace nepho::event {

// Names of events by whose they are (a service); the key "" where a log source has no groups.
using EventNames = std::map<std::string, std::vector<std::string>, std::less<>>;

struct EventFacts {
  std::string log_source;
  std::string group;  // the field path that says whose event it is; empty: names stand alone
  std::string name;   // the field path of an event's name; empty: nothing is known of single ones

  // All values that a field ever has, by path.
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  EventNames names;
  // Events with a remark: a condition on which they are logged, or why they never are.
  struct Remark {
    std::string text;
    EventNames events;
  };
  std::vector<Remark> only_with;
  std::vector<Remark> never;
  // Where records of these events have what rules expect in `field`; "{value}" in `instead` is the
  // value that is asked for.
  struct Misread {
    std::vector<std::string> events;
    std::string field;
    std::string instead;
    std::vector<std::string> values;  // that "{value}" stands for
  };
  std::vector<Misread> misread;
};

// Whether `events` has the name in this group, case ignored; an empty group stands for any.
bool has_event(const EventNames& events, std::string_view group, std::string_view name);

// Immutable after loading; safe to share between threads.
class AllEventFacts {
 public:
  // Reads knowledge/events/*.yml with the .tsv beside each. A file that cannot be read costs only
  // itself.
  static AllEventFacts load(const Knowledge& knowledge, LoadReport& report);

  // Of this log source, or nullptr.
  const EventFacts* find(std::string_view log_source) const;

 private:
  std::vector<EventFacts> all_;
};

}  // namespace nepho::event
