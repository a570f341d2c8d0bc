// Names of fields are looked for at load time, once for each rule and source: paths_of() may be
// slow and says all places at which a field may stand; what is then done for each event is plan/'s.
#include "event/log_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/printable.h"
#include "event/errors.h"
#include "event/log_source_file.h"
#include "text/fold.h"
#include "text/yaml_pack.h"

namespace nepho::event {
namespace {

void add_once(std::string path, std::vector<std::string>& paths) {
  if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
}

// What follows `name` in `field` when it is `name` or lies below it ("" or ".rest").
std::optional<std::string_view> below(std::string_view field, std::string_view name) {
  if (!field.starts_with(name)) return std::nullopt;
  const std::string_view rest = field.substr(name.size());
  if (!rest.empty() && rest[0] != '.') return std::nullopt;
  return rest;
}

bool lies_below_any(std::string_view path, const std::vector<std::string>& paths) {
  return std::ranges::any_of(
      paths, [&](const auto& each) { return path.size() > each.size() && below(path, each); });
}

// Adds where the aliases of `name`, and of what it lies below, lead. What an alias of a part of it
// makes of the whole is left out when it lies below a path that is there already: with "agent:
// userAgent" and "userAgent: agent.original", "userAgent.original" is nothing, and would lead on.
void add_aliased(const LogSource& source, std::string_view name, std::vector<std::string>& paths) {
  for (const FieldAlias& alias : source.aliases) {
    const auto rest = below(name, alias.name);
    if (!rest) continue;
    for (const auto& path : alias.paths) {
      std::string whole = path + std::string(*rest);
      if (rest->empty() || !lies_below_any(whole, paths)) add_once(std::move(whole), paths);
    }
  }
}

// Adds where `path` lies when an object or array on the way is written as a string of JSON.
void add_inside_texts(const LogSource& source, std::string_view path,
                      std::vector<std::string>& paths) {
  for (const std::string& text : source.inner_json) {
    const auto inside = below(path, text);
    if (inside && !inside->empty()) add_once(text + '.' + kJsonMark + std::string(*inside), paths);
  }
}

// "Parameters{}.Name", as Splunk writes that Parameters is an array, and "Parameters[].Name" and
// "Parameters[*].Name", as jq and JSONPath do -> "Parameters.Name".
std::string without_array_marks(std::string_view field) {
  std::string plain(field);
  for (const std::string_view mark : {"{}", "[]", "[*]"}) {
    for (std::size_t at = plain.find(mark); at != plain.npos; at = plain.find(mark, at))
      plain.erase(at, mark.size());
  }
  return plain;
}

// Whether a part of a rule's logsource and one of a source's may mean the same.
bool agree(std::string_view of_rule, std::string_view of_source) {
  return of_rule.empty() || of_source.empty() || text::equal_ignoring_case(of_rule, of_source);
}

// Adds what `whole` has of lists to those of `part`, behind what is there.
template <typename List>
void append(const List& whole, List& part) {
  part.insert(part.end(), whole.begin(), whole.end());
}

// The lists of paths that a part takes over where it has none of its own.
constexpr auto kTakenOver = {&LogSource::time,      &LogSource::unique_id,  &LogSource::actor,
                             &LogSource::source_ip, &LogSource::account,    &LogSource::region,
                             &LogSource::outcome,   &LogSource::user_agent, &LogSource::dispatch,
                             &LogSource::event_name};

void take_over(const LogSource& whole, LogSource& part) {
  for (const auto list : kTakenOver) {
    if ((part.*list).empty()) part.*list = whole.*list;
  }
  if (!part.silence) part.silence = whole.silence;
  append(whole.aliases, part.aliases);
  append(whole.pivots, part.pivots);
  append(whole.inner_json, part.inner_json);
  part.schema.insert(whole.schema.begin(), whole.schema.end());
}

bool names_both(std::string_view of_rule, std::string_view of_source) {
  return !of_rule.empty() && !of_source.empty();
}

}  // namespace

std::vector<std::string> LogSource::paths_of(std::string_view field) const {
  std::vector<std::string> paths{std::string(field)};
  const std::string name = without_array_marks(field);
  if (name != field) paths.push_back(name);
  add_aliased(*this, name, paths);
  if (!schema.contains(name)) {
    for (const auto& [path, types] : schema) {
      if (text::equal_ignoring_case(path, name)) add_once(path, paths);
    }
  }
  // One step further, from the provider's own name to all others. Not beyond: "user_agent:
  // userAgent" and "userAgent: user_agent.original" would lead round and round, deeper each time.
  const std::size_t num_direct = paths.size();
  for (std::size_t i = 1; i < num_direct && paths.size() < kMaxPathsOfField; ++i) {
    add_aliased(*this, std::string(paths[i]), paths);  // a copy: `paths` grows
  }
  const std::vector<std::string> whole = paths;
  for (const std::string& path : whole) {
    for (const Pivot& pivot : pivots) {
      for (const std::string& selected : pivot.paths_of(path)) {
        add_once(selected, paths);
        add_inside_texts(*this, selected, paths);
      }
    }
    for (std::size_t number = 0; number < parts.size(); ++number) {
      if (parts[number].name != path) continue;
      std::vector<std::string> places{parts[number].of};
      add_aliased(*this, parts[number].of, places);
      for (const std::string& place : places) add_once(path_to_part(place, number), paths);
    }
    add_inside_texts(*this, path, paths);
  }
  return paths;
}

bool LogSource::knows(std::string_view path) const {
  if (schema.empty() || holds_mark(path)) return true;
  if (std::ranges::find(parts, path, &FieldPart::name) != parts.end()) return true;
  // The first entry that may lie below it; others may sort in between ("a b" before "a.b").
  const auto at = schema.lower_bound(path);
  if (at != schema.end() && at->first == path) return true;
  const std::string inside = std::string(path) + '.';
  const auto below_it = schema.lower_bound(inside);
  if (below_it != schema.end() && below_it->first.starts_with(inside)) return true;
  for (std::size_t dot = path.rfind('.'); dot != path.npos && dot != 0;
       dot = path.rfind('.', dot - 1)) {
    const auto front = schema.find(path.substr(0, dot));
    if (front == schema.end()) continue;
    const std::string its_inside = front->first + '.';
    const auto next = schema.lower_bound(its_inside);
    const bool is_open = next == schema.end() || !next->first.starts_with(its_inside);
    return is_open && (front->second.find("object") != std::string::npos ||
                       front->second.find("array") != std::string::npos);
  }
  return false;
}

LogSources::LogSources(std::vector<LogSource> sources) : sources_(std::move(sources)) {
  std::ranges::sort(sources_, {}, &LogSource::id);
  join_parts();
  std::vector<text::NumberedWord> names;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    names.emplace_back(sources_[i].id, i);
    for (const std::string& name : sources_[i].other_names) names.emplace_back(name, i);
  }
  names_ = text::WordIndex(names);
}

LogSources LogSources::load(const Knowledge& knowledge, LoadReport& report) {
  LogSources loaded;
  for (const KnowledgeFile* file : knowledge.list("logsources/")) {
    if (!file->path.ends_with(".yml")) continue;
    auto source = read_log_source(text::read_yaml(*file), file->place, report);
    if (!source) continue;
    if (loaded.find(source->id) != nullptr) {
      report.add_error(Error(kDuplicateSource,
                             "another file has this log source already: " + source->id,
                             Place{.file = file->place}));
      continue;
    }
    loaded.sources_.push_back(std::move(*source));
  }
  for (const LogSource& part : loaded.sources_) {
    if (!part.part_of.empty() && loaded.find(part.part_of) == nullptr) {
      report.add_error(
          Error(kBadValue, fmt::format("{} is to be a part of a log source that is not known: {}",
                                       part.id, escape_for_log(part.part_of))));
    }
  }
  return LogSources(std::move(loaded.sources_));
}

// One step deep: a part has no parts of its own, and takes over nothing from another part.
void LogSources::join_parts() {
  for (LogSource& part : sources_) {
    const LogSource* whole = part.part_of.empty() ? nullptr : find(part.part_of);
    if (whole != nullptr && whole->part_of.empty()) take_over(*whole, part);
  }
}

std::vector<const LogSource*> LogSources::read_by(std::string_view product,
                                                  std::string_view category,
                                                  std::string_view service) const {
  const auto named = for_sigma(product, category, service);
  std::vector<const LogSource*> read;
  for (const LogSource& source : sources_) {
    const bool is_read = std::ranges::any_of(
        named, [&](const LogSource* one) { return one == &source || one->id == source.part_of; });
    if (is_read) read.push_back(&source);
  }
  return read;
}

std::vector<const LogSource*> LogSources::named_in(std::string_view text) const {
  std::vector<const LogSource*> named;
  for (const std::size_t position : names_.in(text)) named.push_back(&sources_[position]);
  return named;
}

const LogSource* LogSources::find(std::string_view id) const {
  const auto found = std::ranges::find(sources_, id, &LogSource::id);
  return found == sources_.end() ? nullptr : &*found;
}

std::vector<const LogSource*> LogSources::for_sigma(std::string_view product,
                                                    std::string_view category,
                                                    std::string_view service) const {
  std::vector<const LogSource*> fitting;
  for (const LogSource& source : sources_) {
    const bool fits = std::ranges::any_of(source.sigma, [&](const auto& known) {
      // Some part must be named by both: "category: webserver" is not every source that has no
      // category.
      const bool some_part = names_both(product, known.product) ||
                             names_both(category, known.category) ||
                             names_both(service, known.service);
      return some_part && agree(product, known.product) && agree(category, known.category) &&
             agree(service, known.service);
    });
    if (fits) fitting.push_back(&source);
  }
  return fitting;
}

}  // namespace nepho::event
