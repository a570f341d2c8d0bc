#include "attack/facts_writer.h"

#include <fmt/format.h>

#include "attack/facts_line.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kHead =
    "# Facts of MITRE ATT&CK, written by 'nepho attack import': ids, names and relations.\n"
    "# The licence they come with stands in LICENSE.txt of knowledge/attack/ and at\n"
    "# https://attack.mitre.org/resources/legal-and-branding/terms-of-use/\n";

void write(const Tactic& tactic, std::string& out) {
  LineWriter(out, "tactic").id(tactic.id).text(tactic.shortname).text(tactic.name);
}

void write(const Technique& technique, std::string& out) {
  LineWriter(out, "technique")
      .id(technique.id)
      .text(technique.name)
      .status(technique.status)
      .id(technique.revoked_by)
      .ids(technique.tactics)
      .texts(technique.platforms)
      .text(technique.version)
      .date(technique.created)
      .date(technique.modified);
}

void write(const Group& group, std::string& out) {
  LineWriter(out, "group")
      .id(group.id)
      .text(group.name)
      .status(group.status)
      .id(group.revoked_by)
      .texts(group.aliases)
      .text(group.version)
      .date(group.created)
      .date(group.modified)
      .ids(group.techniques)
      .ids(group.software);
}

void write(const Campaign& campaign, std::string& out) {
  LineWriter(out, "campaign")
      .id(campaign.id)
      .text(campaign.name)
      .status(campaign.status)
      .texts(campaign.aliases)
      .date(campaign.first_seen)
      .date(campaign.last_seen)
      .ids(campaign.groups)
      .ids(campaign.techniques)
      .ids(campaign.software);
}

void write(const Software& software, std::string& out) {
  LineWriter(out, "software")
      .id(software.id)
      .text(software.name)
      .status(software.status)
      .id(software.revoked_by)
      .text(software.is_tool ? "tool" : "malware")
      .texts(software.aliases)
      .texts(software.platforms)
      .ids(software.techniques);
}

void write(const Mitigation& mitigation, std::string& out) {
  LineWriter(out, "mitigation")
      .id(mitigation.id)
      .text(mitigation.name)
      .status(mitigation.status)
      .ids(mitigation.techniques);
}

void write(const DataComponent& component, std::string& out) {
  LineWriter(out, "component").id(component.id).text(component.name).status(component.status);
}

void write(const Analytic& analytic, std::string& out) {
  LineWriter(out, "analytic").id(analytic.id).status(analytic.status).texts(analytic.platforms);
  for (const LogSourceReference& log_source : analytic.log_sources) {
    LineWriter(out, "reads")
        .id(log_source.data_component)
        .text(log_source.name)
        .text(log_source.channel);
  }
}

void write(const DetectionStrategy& strategy, std::string& out) {
  LineWriter(out, "strategy")
      .id(strategy.id)
      .text(strategy.name)
      .status(strategy.status)
      .ids(strategy.techniques)
      .ids(strategy.analytics);
}

}  // namespace

std::string write_facts(const Facts& facts) {
  std::string out = fmt::format("{}\n# {}\n{}", kFactsFormat, kMitreNotice, kHead);
  LineWriter(out, "version").text(facts.version);
  LineWriter(out, "domain").text(facts.domain);
  LineWriter(out, "released").date(facts.released);
  const auto write_all = [&](const auto& list) {
    for (const auto& object : list) write(object, out);
  };
  write_all(facts.tactics);
  write_all(facts.techniques);
  write_all(facts.groups);
  write_all(facts.campaigns);
  write_all(facts.software);
  write_all(facts.mitigations);
  write_all(facts.data_components);
  write_all(facts.strategies);
  write_all(facts.analytics);
  return out;
}

}  // namespace nepho::attack
