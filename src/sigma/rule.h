// A Sigma rule as the specification 2.1 has it, read, checked and resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "sigma/correlation.h"
#include "sigma/item.h"
#include "sigma/logsource.h"

namespace nepho::sigma {

enum class Level : std::uint8_t { kInformational, kLow, kMedium, kHigh, kCritical };
enum class Status : std::uint8_t { kStable, kTest, kExperimental, kDeprecated, kUnsupported };

std::string_view to_string(Level level);
std::string_view to_string(Status status);

// A rule's id. Rules without one get a name made from their path and title ("unnamed:<hash>"), so
// that findings always have one.
struct RuleId {
  std::string value;
  auto operator<=>(const RuleId&) const = default;
};

// A tag with its place, so that lint can point at it and a fix can replace it.
struct Tag {
  std::string text;  // as written: "attack.t1078.004"
  std::size_t line = 0;
  std::size_t column = 0;
};

// A plain value: what a rule says, without its YAML.
struct Rule {
  RuleId id;
  std::string title;
  std::string name;  // for references by correlations; may be empty
  std::string description;
  std::string author;
  std::vector<std::string> references;
  std::vector<std::string> false_positives;
  std::vector<Tag> tags;
  std::optional<Level> level;
  std::optional<Status> status;
  Logsource logsource;
  std::vector<std::string> fields;
  std::string date;
  std::string modified;
  Place place;  // of the document in its file

  std::vector<Item> items;  // every atom of the detection, in the order of the file
  Expression
      condition;  // selections put in place, several conditions joined by "or", filters applied
  std::string timeframe;  // of the old form; empty in specification 2

  // Of a correlation, which has no logsource, no items and a condition that never holds: it fires
  // through the rules it refers to.
  std::optional<Correlation> correlation;
  // Among the documents that were linked together; what RuleReference::target means.
  std::size_t number = 0;
  // Correlations refer to it and none says `generate: true`: it gives no findings of its own.
  bool is_silent = false;
};

}  // namespace nepho::sigma
