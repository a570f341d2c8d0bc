// One kind of log of one provider, as a file of knowledge/logsources/ describes it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/knowledge.h"
#include "base/problem.h"
#include "base/result.h"
#include "event/field_part.h"
#include "event/line_form.h"
#include "event/pivot.h"
#include "text/word_index.h"

namespace nepho::event {

// Where a name that rules use is found in a record. `origin` is who uses the name, or who writes
// records so: "sigma", "elastic", "sentinel", "log-analytics", "ocsf".
struct FieldAlias {
  std::string name;
  std::vector<std::string> paths;
  std::string origin;
};

// A sign by which a record of this source is known: `path` is there and, when `values` is not
// empty, holds one of them (exact; "x*" is a prefix, "*x" an end). Numbers and booleans as written.
struct Sign {
  std::string path;
  std::vector<std::string> values;
};

struct LogSource {
  std::string id;        // "aws.cloudtrail"
  std::string provider;  // "aws"; "" for generic
  std::string title;

  // Sigma's logsource triples that mean this source; an empty part is "any".
  struct SigmaLogsource {
    std::string product;
    std::string category;
    std::string service;
  };
  std::vector<SigmaLogsource> sigma;
  // How rules of other products call it (LogSources::named_in()).
  std::vector<std::string> other_names;

  // The id of a log source whose records these are too; "" for none. Its rules run on them, and
  // what it says of fields holds here where this one says nothing else (LogSources).
  std::string part_of;

  // All signs of one of the groups must hold.
  std::vector<std::vector<Sign>> recognised_by;

  // Paths of what every finding shows; the first that is there and is no container counts.
  std::vector<std::string> time;
  std::vector<std::string> unique_id;
  std::vector<std::string> actor;
  std::vector<std::string> source_ip;
  std::vector<std::string> user_agent;
  std::vector<std::string> account;
  std::vector<std::string> region;
  std::vector<std::string> outcome;  // of a failure: its code; a success often has none
  std::vector<std::string> event_name;
  // The fields whose values most rules name: events are told apart by them first ("eventSource",
  // "eventName").
  std::vector<std::string> dispatch;

  // The longest that nothing of it arrives while all is well; nothing where nobody can say.
  std::optional<std::chrono::seconds> silence;

  std::vector<FieldAlias> aliases;
  // Arrays of names and values: their elements are fields.
  std::vector<Pivot> pivots;
  // Fields that stand in a record only as a part of another.
  std::vector<FieldPart> parts;
  // Strings that hold JSON: looked into as if the object stood there.
  std::vector<std::string> inner_json;
  // Lines of text that hold a record each (event/line_form.h).
  std::vector<LineForm> lines;
  // Field path -> JSON types seen ("string|null"); what map --lint holds rules against.
  std::map<std::string, std::string, std::less<>> schema;

  // The paths that `field`, as a rule writes it, stands for in a record of this source: itself
  // first, then its aliases, then, when the schema does not have it, the schema's paths that differ
  // from it only in case, then the aliases of all these; last, selectors of elements
  // (event/pivot.h), steps to parts (event/field_part.h) and steps into strings that hold JSON.
  // Without repeats. An alias serves for
  // what lies below it too: with "a: b", "a.c" is also found at "b.c".
  std::vector<std::string> paths_of(std::string_view field) const;

  // Whether a record may be expected to have something at `path`: the schema has it or something
  // below it, or has an object or array in front of it whose inside it leaves open. Without a
  // schema anything may be. The names of pivoted elements are the log's own, and known.
  bool knows(std::string_view path) const;
};

// Once a field has as many paths, aliases of aliases are followed no further: --knowledge may have
// any. The most in a file of knowledge/logsources/ is 30.
inline constexpr std::size_t kMaxPathsOfField = 64;

// The parts of a log source; none where there is no source.
inline std::span<const FieldPart> parts_of(const LogSource* source) {
  return source != nullptr ? std::span<const FieldPart>(source->parts)
                           : std::span<const FieldPart>();
}

// All log sources known. One that is a part of another has taken over that one's names of fields,
// pivots, inner JSON and schema behind its own, and each list of paths that it leaves out.
// Immutable after loading; safe to share between threads.
class LogSources {
 public:
  LogSources() = default;
  // These and no others; ids must differ.
  explicit LogSources(std::vector<LogSource> sources);
  // Reads knowledge/logsources/*.yml. A file that cannot be read costs only itself.
  static LogSources load(const Knowledge& knowledge, LoadReport& report);

  const std::vector<LogSource>& all() const { return sources_; }
  // The source with this id, or nullptr.
  const LogSource* find(std::string_view id) const;
  // The sources that a rule with this logsource applies to; an empty part of the rule's matches
  // all. Empty when nothing known fits.
  std::vector<const LogSource*> for_sigma(std::string_view product, std::string_view category,
                                          std::string_view service) const;
  // The sources on whose records such a rule is to run: those, and the parts of each.
  std::vector<const LogSource*> read_by(std::string_view product, std::string_view category,
                                        std::string_view service) const;
  // Those that a rule of another product names in this text: by their `other_names`, and each by
  // its id, as whole words. In the order of all().
  std::vector<const LogSource*> named_in(std::string_view text) const;

 private:
  void join_parts();

  std::vector<LogSource> sources_;
  text::WordIndex names_;  // numbers are positions in sources_
};

}  // namespace nepho::event
