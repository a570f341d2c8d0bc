// Everything the catalogue knows of one technique, for `nepho matrix TECHNIQUE`.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "cli/matrix.h"
#include "cli/print.h"

namespace nepho::cli {
namespace {

using attack::Technique;

// A log source of an analytic, where several analytics of the same platforms read it once.
struct LogSourceRow {
  std::string name;
  std::string data_component;
  std::string channel;
  std::string platforms;
  std::string analytic;
};

// Those of cloud platforms first, then by name.
std::vector<LogSourceRow> log_sources_of(const attack::Catalogue& catalogue,
                                         const Technique& technique) {
  std::vector<std::pair<bool, LogSourceRow>> rows;
  for (const attack::Analytic* analytic : catalogue.analytics_of(technique.id)) {
    const Technique on{.id = technique.id, .platforms = analytic->platforms};
    const bool is_cloud = attack::is_in(on, attack::Scope::kCloudAndContainers);
    for (const attack::LogSourceReference& reference : analytic->log_sources) {
      const attack::DataComponent* component = catalogue.find(reference.data_component);
      rows.push_back(
          {!is_cloud,
           {reference.name, component == nullptr ? "" : component->name, reference.channel,
            fmt::format("{}", fmt::join(analytic->platforms, ", ")), analytic->id.value}});
    }
  }
  std::ranges::stable_sort(rows, {}, [](const auto& row) {
    return std::pair(row.first, std::string_view(row.second.name));
  });
  std::vector<LogSourceRow> sorted;
  for (auto& [elsewhere, row] : rows) sorted.push_back(std::move(row));
  return sorted;
}

std::string span_of(const attack::Campaign& campaign) {
  return fmt::format("{} to {}", attack::to_string(campaign.first_seen),
                     attack::to_string(campaign.last_seen));
}

// One section: what it is, and its table.
struct Section {
  std::string title;
  report::Table table;
};

report::Table facts_table(const attack::Catalogue& catalogue, const Technique& technique,
                          const std::vector<ProviderCell>& cells) {
  report::Table table({{"technique", report::Align::kLeft, false}, {technique.id.value}});
  table.add_row({"name", report::Cell(technique.name, report::Tone::kStrong)});
  if (!technique.is_active()) table.add_row({"status", to_string(technique.status)});
  if (technique.is_subtechnique()) {
    const Technique* parent = catalogue.find(technique.parent);
    table.add_row({"part of", fmt::format("{} {}", technique.parent.value,
                                          parent == nullptr ? "" : parent->name)});
  }
  table.add_row({"tactics", tactics_text(technique, catalogue)});
  table.add_row({"platforms", fmt::format("{}", fmt::join(technique.platforms, ", "))});
  table.add_row({"providers", to_text(cells)});
  table.add_row({"version", fmt::format("{}, created {}, modified {}", technique.version,
                                        attack::to_string(technique.created),
                                        attack::to_string(technique.modified))});
  return table;
}

Section provider_section(const std::vector<ProviderCell>& cells) {
  report::Table table({{"provider", report::Align::kLeft, false},
                       {"applies", report::Align::kLeft, false},
                       {"why"}});
  for (const ProviderCell& cell : cells) {
    table.add_row(
        {cell.provider->name, to_string(cell.applicability.applies), cell.applicability.reason});
  }
  return {"Providers", std::move(table)};
}

Section users_section(const attack::Catalogue& catalogue, const Technique& technique) {
  report::Table table({{"used by", report::Align::kLeft, false}, {"name"}, {"what"}});
  const attack::Users users = catalogue.users_of(technique.id);
  for (const attack::Group* group : users.groups) {
    table.add_row({group->id.value, group->name, "group"});
  }
  for (const attack::Campaign* campaign : users.campaigns) {
    std::vector<std::string> by;
    for (const attack::GroupId& id : campaign->groups) {
      const attack::Group* group = catalogue.find(id);
      by.push_back(group == nullptr ? id.value : group->name);
    }
    table.add_row({campaign->id.value, campaign->name,
                   fmt::format("campaign, {}{}{}", span_of(*campaign), by.empty() ? "" : ", by ",
                               fmt::join(by, ", "))});
  }
  for (const attack::Software* software : users.software) {
    table.add_row({software->id.value, software->name, software->is_tool ? "tool" : "malware"});
  }
  return {fmt::format("Who uses it ({} groups, {} campaigns, {} software)", users.groups.size(),
                      users.campaigns.size(), users.software.size()),
          std::move(table)};
}

Section log_source_section(const attack::Catalogue& catalogue, const Technique& technique) {
  report::Table table(
      {{"log source"}, {"what in it"}, {"platforms"}, {"analytic", report::Align::kLeft, false}});
  for (const LogSourceRow& row : log_sources_of(catalogue, technique)) {
    table.add_row(
        {report::Cell(row.name, report::Tone::kStrong), row.channel, row.platforms, row.analytic});
  }
  return {"What shows it, says ATT&CK", std::move(table)};
}

Section mitigation_section(const attack::Catalogue& catalogue, const Technique& technique) {
  report::Table table({{"mitigation", report::Align::kLeft, false}, {"name"}});
  for (const attack::Mitigation* mitigation : catalogue.mitigations_of(technique.id)) {
    table.add_row({mitigation->id.value, mitigation->name});
  }
  return {"What hinders it", std::move(table)};
}

// Its sub-techniques; of a sub-technique, its siblings.
Section related_section(const attack::Catalogue& catalogue, const Technique& technique) {
  report::Table table({{"technique", report::Align::kLeft, false},
                       {"name"},
                       {"cloud", report::Align::kLeft, false}});
  const bool is_sub = technique.is_subtechnique();
  for (const Technique* other : catalogue.subtechniques(is_sub ? technique.parent : technique.id)) {
    if (other->id == technique.id) continue;
    table.add_row({other->id.value, other->name,
                   attack::is_in(*other, attack::Scope::kCloudAndContainers) ? "yes" : "no"});
  }
  return {is_sub ? "Its siblings" : "Its sub-techniques", std::move(table)};
}

std::vector<Section> sections_of(const attack::Catalogue& catalogue, const Technique& technique,
                                 const std::vector<ProviderCell>& cells) {
  return {provider_section(cells), users_section(catalogue, technique),
          log_source_section(catalogue, technique), mitigation_section(catalogue, technique),
          related_section(catalogue, technique)};
}

void write_users(const attack::Catalogue& catalogue, const Technique& technique,
                 text::JsonWriter& json) {
  const attack::Users users = catalogue.users_of(technique.id);
  json.key("groups").begin_array();
  for (const attack::Group* group : users.groups) {
    json.begin_object().member("id", group->id.value).member("name", group->name).end_object();
  }
  json.end_array().key("campaigns").begin_array();
  for (const attack::Campaign* campaign : users.campaigns) {
    json.begin_object().member("id", campaign->id.value).member("name", campaign->name);
    json.member("first_seen", attack::to_string(campaign->first_seen));
    json.member("last_seen", attack::to_string(campaign->last_seen)).key("groups").begin_array();
    for (const attack::GroupId& id : campaign->groups) json.string(id.value);
    json.end_array().end_object();
  }
  json.end_array().key("software").begin_array();
  for (const attack::Software* software : users.software) {
    json.begin_object().member("id", software->id.value).member("name", software->name);
    json.member("type", software->is_tool ? "tool" : "malware").end_object();
  }
  json.end_array();
}

void print_json(Session& session, const attack::Catalogue& catalogue, const Technique& technique,
                const std::vector<ProviderCell>& cells) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/technique/1");
  json.member("attack_version", catalogue.version());
  write_members(technique, cells, json);
  json.member("status", to_string(technique.status)).member("parent", technique.parent.value);
  json.key("subtechniques").begin_array();
  for (const Technique* sub : catalogue.subtechniques(technique.id)) json.string(sub->id.value);
  json.end_array();
  write_users(catalogue, technique, json);
  json.key("log_sources").begin_array();
  for (const LogSourceRow& row : log_sources_of(catalogue, technique)) {
    json.begin_object().member("name", row.name).member("channel", row.channel);
    json.member("data_component", row.data_component).member("platforms", row.platforms);
    json.member("analytic", row.analytic).end_object();
  }
  json.end_array().key("mitigations").begin_array();
  for (const attack::Mitigation* mitigation : catalogue.mitigations_of(technique.id)) {
    json.begin_object().member("id", mitigation->id.value).member("name", mitigation->name);
    json.end_object();
  }
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

// CSV is one table: what kind of thing is related, its id, its name, and more of it.
report::Table flat_table(const std::vector<Section>& sections) {
  report::Table table({{"section"}, {"id"}, {"name"}, {"detail"}, {"reference"}});
  for (const Section& section : sections) {
    for (const auto& row : section.table.rows()) {
      std::vector<report::Cell> cells{section.table.columns().front().title};
      cells.insert(cells.end(), row.begin(), row.end());
      table.add_row(std::move(cells));
    }
  }
  return table;
}

}  // namespace

void print_technique(Session& session, const attack::Catalogue& catalogue,
                     const Technique& technique, const std::vector<ProviderCell>& cells) {
  if (session.format() == "json") return print_json(session, catalogue, technique, cells);
  const auto sections = sections_of(catalogue, technique, cells);
  if (session.format() == "csv") return print(session, flat_table(sections));
  print(session, facts_table(catalogue, technique, cells));
  const bool is_markdown = session.format() == "markdown";
  for (const Section& section : sections) {
    if (section.table.rows().empty()) continue;
    session.out().write(is_markdown ? fmt::format("\n## {}\n\n", section.title)
                                    : "\n" +
                                          report::in_tone(section.title, report::Tone::kInformation,
                                                          session.terminal().has_color) +
                                          "\n\n");
    print(session, section.table);
  }
}

}  // namespace nepho::cli
