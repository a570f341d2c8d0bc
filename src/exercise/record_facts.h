// The few things of a record that a person looks at first.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/log_source.h"
#include "plan/plan.h"

namespace nepho::exercise {

// One of them. Written by whoever made the log: show both through an encoder.
struct Fact {
  std::string path;        // as the record has it: "requestParameters.userName"
  std::string value;       // a scalar's text
  bool is_tested = false;  // a rule that fired looks at it
  bool operator==(const Fact&) const = default;
};

// Most of them that are shown of one record; a guess at what a group takes in at once.
inline constexpr std::size_t kMostFacts = 16;

// Of a JSON record of `source`: what happened, who did it, from where and with what outcome; then
// the fields that the rules `fired` look at, those of rules that a correlation counts too; then
// what stands at or below the paths `more`. Each path once, in this order, empty values left out.
// Of a line of text, which has no fields, nothing. O(fields of the rules * the record).
std::vector<Fact> facts_of(std::string_view record, const event::LogSource& source,
                           const plan::Plan& plan, std::span<const std::uint32_t> fired,
                           std::span<const std::string> more);

// The scalar at the first of the paths that leads to one; empty where none does.
std::string first_scalar(std::string_view record, const std::vector<std::string>& paths);

}  // namespace nepho::exercise
