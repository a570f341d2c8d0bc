#include "report/finding_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/measurement.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using detect::Finding;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string_view level_of(const sigma::Rule& rule) {
  return rule.level ? to_string(*rule.level) : "medium";
}

Tone tone_of(const sigma::Rule& rule) {
  switch (rule.level.value_or(sigma::Level::kMedium)) {
    case sigma::Level::kCritical:
    case sigma::Level::kHigh: return Tone::kBad;
    case sigma::Level::kMedium: return Tone::kMiddling;
    default: return Tone::kFaint;
  }
}

std::string time_text(const std::optional<Instant>& time) {
  return time ? text::to_rfc3339(*time) : "";
}

// "user/ci" of "arn:aws:iam::111122223333:user/ci": what tells actors apart. Any other name is
// whole.
std::string_view short_name(std::string_view actor) {
  if (!actor.starts_with("arn:")) return actor;
  std::string_view rest = actor;
  for (int part = 0; part < 5; ++part) {
    const std::size_t colon = rest.find(':');
    if (colon == rest.npos) return actor;
    rest.remove_prefix(colon + 1);
  }
  return rest;
}

// What one rule found.
struct Group {
  std::uint64_t count = 0;
  const Finding* first = nullptr;
  const Finding* last = nullptr;
  std::map<std::string_view, std::uint64_t> actors;

  std::string main_actor() const {
    const auto most =
        std::ranges::max_element(actors, {}, [](const auto& each) { return each.second; });
    if (most == actors.end()) return "";
    std::string text(short_name(most->first));
    if (actors.size() > 1) text += fmt::format(" +{} more", actors.size() - 1);
    return text;
  }

  // "2026-03-01 10:02:11 to 10:05:33"; without what both share, and without the date when `day` is
  // it.
  std::string period(std::string_view day) const {
    constexpr std::size_t kDayLength = std::string_view("2026-03-01").size();
    constexpr std::size_t kLength = std::string_view("2026-03-01T10:02:11").size();
    const auto moment = [&](const Finding& finding, std::string_view known_day) {
      const std::string text = time_text(finding.match.time).substr(0, kLength);
      if (text.empty()) return text;
      const std::string_view date = std::string_view(text).substr(0, kDayLength);
      const std::string clock = text.substr(kDayLength + 1);
      return date == known_day ? clock : fmt::format("{} {}", date, clock);
    };
    const std::string begin = moment(*first, day);
    const std::string begin_day = time_text(first->match.time).substr(0, kDayLength);
    const std::string end = moment(*last, begin_day);
    return first->match.time == last->match.time ? begin : fmt::format("{} to {}", begin, end);
  }
};

// Who did it: the actor of the event or, where a correlation's logs name none, the first value it
// groups by. Empty when nobody is named.
std::string_view who(const Finding& finding) {
  if (!finding.match.actor.empty() || !finding.correlation) return finding.match.actor;
  const auto& values = finding.correlation->group;
  return !values.empty() && values.front() ? std::string_view(*values.front()) : "";
}

std::vector<Group> group(const FindingNames& names, const detect::Findings& findings) {
  std::map<std::uint32_t, Group> by_rule;
  for (const Finding& finding : findings) {
    Group& group = by_rule[finding.match.rule];
    group.count += finding.count;
    if (group.first == nullptr) group.first = &finding;
    group.last = &finding;
    if (const std::string_view name = who(finding); !name.empty())
      group.actors[name] += finding.count;
  }
  std::vector<Group> groups;
  for (auto& [rule, group] : by_rule) groups.push_back(std::move(group));
  const auto gravity = [&](const Group& group) {
    return static_cast<int>(names.rule(*group.first).level.value_or(sigma::Level::kMedium));
  };
  std::ranges::stable_sort(groups, [&](const Group& a, const Group& b) {
    return std::pair(-gravity(a), a.first->match.time) <
           std::pair(-gravity(b), b.first->match.time);
  });
  return groups;
}

// Empty of a rule that is no correlation.
std::string measured(const FindingNames& names, const Finding& finding) {
  if (!finding.correlation) return "";
  return measurement_in_words(*names.rule(finding).correlation, finding.correlation->measured);
}

// The day that all findings are of, or "".
std::string common_day(const std::vector<Group>& groups) {
  std::set<std::string> days;
  for (const Group& group : groups) {
    for (const Finding* finding : {group.first, group.last}) {
      days.insert(time_text(finding->match.time).substr(0, std::string_view("2026-03-01").size()));
    }
  }
  return days.size() == 1 ? *days.begin() : "";
}

}  // namespace

Table findings_by_rule(const FindingNames& names, const detect::Findings& findings,
                       bool with_places) {
  const std::vector<Group> groups = group(names, findings);
  const std::string day = common_day(groups);
  std::vector<Column> columns{{"LEVEL", Align::kLeft, false},
                              {"FINDINGS", Align::kRight, false},
                              {"RULE"},
                              {"TECHNIQUES"},
                              {day.empty() ? std::string("WHEN") : "WHEN, ON " + day},
                              {"BY"}};
  const bool has_measured = std::ranges::any_of(
      groups, [](const Group& group) { return group.first->correlation != nullptr; });
  if (has_measured) columns.push_back({"MEASURED FIRST"});
  if (with_places) columns.push_back({"FIRST AT"});
  Table table(std::move(columns));
  for (const Group& group : groups) {
    const sigma::Rule& rule = names.rule(*group.first);
    std::vector<Cell> row{Cell(level_of(rule), tone_of(rule)),
                          std::to_string(group.count),
                          rule.title,
                          joined(names.labels[group.first->match.rule].techniques),
                          group.period(day),
                          group.main_actor()};
    if (has_measured) row.push_back(measured(names, *group.first));
    if (with_places) {
      row.push_back(fmt::format("{}:{}", names.file(*group.first), group.first->match.place.line));
    }
    table.add_row(std::move(row));
  }
  return table;
}

Table finding_rows(const FindingNames& names, const detect::Findings& findings) {
  Table table({{"time"},
               {"level"},
               {"rule"},
               {"rule_id"},
               {"techniques"},
               {"log_source"},
               {"actor"},
               {"source_ip"},
               {"account"},
               {"count", Align::kRight},
               {"file"},
               {"line", Align::kRight},
               {"finding_id"},
               {"measured"}});
  for (const Finding& finding : findings) {
    const sigma::Rule& rule = names.rule(finding);
    const detect::Match& match = finding.match;
    table.add_row({time_text(match.time), level_of(rule), rule.title, rule.id.value,
                   joined(names.labels[match.rule].techniques), names.log_source(finding),
                   match.actor, match.source_ip, match.account, std::to_string(finding.count),
                   names.file(finding), std::to_string(match.place.line), to_hex(finding.id),
                   measured(names, finding)});
  }
  return table;
}

}  // namespace nepho::report
