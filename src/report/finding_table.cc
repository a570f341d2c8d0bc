#include "report/finding_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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

// What one rule found.
struct Group {
  std::uint32_t rule = 0;
  std::uint64_t count = 0;
  const Finding* first = nullptr;
  const Finding* last = nullptr;
  std::map<std::string_view, std::uint64_t> actors;

  std::string main_actor() const {
    const auto most =
        std::ranges::max_element(actors, {}, [](const auto& each) { return each.second; });
    if (most == actors.end()) return "";
    std::string text(most->first);
    if (actors.size() > 1) text += fmt::format(" +{} more", actors.size() - 1);
    return text;
  }
};

std::vector<Group> group(const plan::Plan& plan, const std::vector<Finding>& findings) {
  std::map<std::uint32_t, Group> by_rule;
  for (const Finding& finding : findings) {
    Group& group = by_rule[finding.rule];
    group.rule = finding.rule;
    group.count += finding.count;
    if (group.first == nullptr) group.first = &finding;
    group.last = &finding;
    if (!finding.actor.empty()) group.actors[finding.actor] += finding.count;
  }
  std::vector<Group> groups;
  for (auto& [rule, group] : by_rule) groups.push_back(std::move(group));
  const auto gravity = [&](const Group& group) {
    return static_cast<int>(plan.rules()[group.rule].level.value_or(sigma::Level::kMedium));
  };
  std::ranges::stable_sort(groups, [&](const Group& a, const Group& b) {
    return std::pair(-gravity(a), a.first->time) < std::pair(-gravity(b), b.first->time);
  });
  return groups;
}

}  // namespace

Table findings_by_rule(const plan::Plan& plan, const std::vector<Finding>& findings,
                       const std::vector<RuleLabels>& labels) {
  Table table({{"LEVEL", Align::kLeft, false},
               {"RULE"},
               {"TECHNIQUES"},
               {"FINDINGS", Align::kRight, false},
               {"FIRST", Align::kLeft, false},
               {"LAST", Align::kLeft, false},
               {"BY"},
               {"FIRST AT"}});
  for (const Group& group : group(plan, findings)) {
    const sigma::Rule& rule = plan.rules()[group.rule];
    const detect::FindingEvent& where = group.first->events.front();
    table.add_row({Cell(level_of(rule), tone_of(rule)), rule.title,
                   joined(labels[group.rule].techniques), std::to_string(group.count),
                   time_text(group.first->time), time_text(group.last->time), group.main_actor(),
                   fmt::format("{}:{}", where.file, where.line)});
  }
  return table;
}

Table finding_rows(const plan::Plan& plan, const std::vector<Finding>& findings,
                   const std::vector<RuleLabels>& labels) {
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
               {"finding_id"}});
  for (const Finding& finding : findings) {
    const sigma::Rule& rule = plan.rules()[finding.rule];
    const detect::FindingEvent& where = finding.events.front();
    table.add_row({time_text(finding.time), level_of(rule), rule.title, rule.id.value,
                   joined(labels[finding.rule].techniques), finding.log_source, finding.actor,
                   finding.source_ip, finding.account, std::to_string(finding.count), where.file,
                   std::to_string(where.line), finding.id});
  }
  return table;
}

}  // namespace nepho::report
