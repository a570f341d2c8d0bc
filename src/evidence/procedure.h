// A procedure: one concrete way of carrying out a technique on one provider, as ATT&CK has the
// word.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nepho::evidence {

// Whether some log of the provider can show it at all, whatever the rules are.
enum class Observable : std::uint8_t { kYes, kPartly, kNo };

// What is known of a procedure by whoever counts; how it is played is exercise/'s. A plain value:
// no text here is trusted, as a user's own procedures are read like ours.
struct Procedure {
  std::string id;         // "aws.persistence.create-user": <provider>.<tactic>.<words>
  std::string name;       // a sentence
  std::string technique;  // "T1136.003", a current id
  std::string provider;   // "aws"
  std::vector<std::string> log_sources;  // that show it: "aws.cloudtrail"; sorted, without repeats
  Observable observable = Observable::kYes;
  std::string digest;  // of its file, to know an edited one by
  bool operator==(const Procedure&) const = default;
};

}  // namespace nepho::evidence
