// The import held against lists of facts that were made from MITRE's bundles by another program.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "attack/bundle_file.h"
#include "attack/difference.h"
#include "attack/facts_writer.h"
#include "attack/import.h"
#include "attack/library.h"
#include "base/files.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using attack::Catalogue;
using attack::Scope;
using attack::Technique;

using Row = std::map<std::string, std::string>;
using Lines = std::set<std::string>;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string sorted(std::vector<std::string> values, std::string_view separator = "|") {
  std::ranges::sort(values);
  return fmt::format("{}", fmt::join(values, separator));
}

// The rows of a file with a head line.
std::vector<Row> read_rows(const std::filesystem::path& path) {
  const auto text = read_file(path, kDefaultLimits.max_document_bytes);
  EXPECT_TRUE(text) << path;
  const auto lines = split(text.value_or(""), '\n');
  std::vector<Row> rows;
  if (lines.empty()) return rows;
  const auto names = split(lines.front(), '\t');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto cells = split(lines[i], '\t');
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < names.size(); ++c) row[names[c]] = c < cells.size() ? cells[c] : "";
  }
  return rows;
}

class AttackConformance : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto found = shared_data("data/attack");
    if (!found) GTEST_SKIP() << kNoSharedData;
    folder_ = *found;
  }

  // Imported once a program.
  const Catalogue& imported(const std::string& name) const {
    static std::map<std::string, Catalogue> cache;
    const auto known = cache.find(name);
    if (known != cache.end()) return known->second;
    auto text = attack::read_bundle_file((folder_ / name).string());
    EXPECT_TRUE(text) << to_string(text.error());
    auto bundle = attack::import_bundle(std::move(*text), name);
    EXPECT_TRUE(bundle) << to_string(bundle.error());
    return cache.emplace(name, std::move(bundle->catalogue)).first->second;
  }
  const Catalogue& newest() const { return imported("enterprise-attack.stix.json.zst"); }
  const Catalogue& of_18() const { return imported("older/enterprise-attack-18.1.stix.json.zst"); }
  std::vector<Row> facts(std::string_view name) const {
    return read_rows(folder_ / "facts" / name);
  }

  std::filesystem::path folder_;
};

std::vector<std::string> shortnames(const Technique& technique, const Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const auto& id : technique.tactics) names.push_back(catalogue.find(id)->shortname);
  return names;
}

void expect_techniques(const Catalogue& catalogue, const std::vector<Row>& rows) {
  EXPECT_EQ(catalogue.facts().techniques.size(), rows.size());
  for (const Row& row : rows) {
    const std::string& id = row.at("id");
    const Technique* technique = catalogue.find(attack::TechniqueId{id});
    ASSERT_NE(technique, nullptr) << id;
    EXPECT_EQ(technique->name, row.at("name")) << id;
    EXPECT_EQ(sorted(shortnames(*technique, catalogue)), sorted(split(row.at("tactics"), '|')))
        << id;
    EXPECT_EQ(sorted(technique->platforms), sorted(split(row.at("platforms"), '|'))) << id;
    EXPECT_EQ(to_string(technique->status), row.at("status")) << id;
    if (technique->is_active()) {
      EXPECT_EQ(technique->parent.value, row.at("parent")) << id;
      EXPECT_EQ(is_in(*technique, Scope::kCloud), row.at("cloud") == "1") << id;
    }
    std::vector<std::string> chain;
    for (const auto& step : catalogue.replacements(technique->id)) chain.push_back(step.value);
    EXPECT_EQ(fmt::format("{}", fmt::join(chain, "|")), row.at("revoked_by_chain")) << id;
    if (technique->is_revoked()) {
      EXPECT_EQ(catalogue.successor(technique->id)->value, row.at("replacement")) << id;
    }
    EXPECT_EQ(attack::to_string(technique->created), row.at("created").substr(0, 10)) << id;
    EXPECT_EQ(attack::to_string(technique->modified), row.at("modified").substr(0, 10)) << id;
    EXPECT_EQ(technique->version, row.at("version")) << id;
  }
}

TEST_F(AttackConformance, TechniquesOf19AreThoseListed) {
  expect_techniques(newest(), facts("techniques.tsv"));
}

TEST_F(AttackConformance, TechniquesOf18AreThoseListed) {
  expect_techniques(of_18(), facts("techniques-18.1.tsv"));
}

void expect_tactics(const Catalogue& catalogue, const std::vector<Row>& rows) {
  ASSERT_EQ(catalogue.tactics().size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const attack::Tactic& tactic = catalogue.tactics()[i];
    EXPECT_EQ(tactic.id.value, rows[i].at("tactic_id"));
    EXPECT_EQ(tactic.shortname, rows[i].at("shortname"));
    EXPECT_EQ(tactic.name, rows[i].at("name"));
    std::size_t num_cloud = 0;
    for (const Technique* technique : catalogue.techniques_of(tactic.id)) {
      num_cloud += is_in(*technique, Scope::kCloud) ? 1 : 0;
    }
    EXPECT_EQ(std::to_string(num_cloud), rows[i].at("cloud_total")) << tactic.shortname;
  }
}

TEST_F(AttackConformance, TacticsStandInTheirOrderWithTheirTechniques) {
  expect_tactics(newest(), facts("tactics.tsv"));
  expect_tactics(of_18(), facts("tactics-18.1.tsv"));
}

std::size_t count_of(const text::JsonValue& object, std::string_view key) {
  return static_cast<std::size_t>(std::stoul(std::string(object.find(key)->text())));
}

void expect_counts(const Catalogue& catalogue, const std::filesystem::path& path) {
  const auto document =
      text::JsonDocument::parse(read_file(path, kDefaultLimits.max_document_bytes).value());
  const auto root = document->root();
  const auto expect_scope = [&](std::string_view name, Scope scope) {
    const auto expected = *root.find(name);
    const auto techniques = catalogue.cloud_techniques(scope);
    const auto num_subs = static_cast<std::size_t>(std::ranges::count_if(
        techniques, [](const Technique* technique) { return technique->is_subtechnique(); }));
    EXPECT_EQ(techniques.size(), count_of(expected, "total"));
    EXPECT_EQ(num_subs, count_of(expected, "subtechniques"));
  };
  expect_scope("cloud_matrix_official", Scope::kCloud);
  expect_scope("cloud_plus_containers", Scope::kCloudAndContainers);
  std::size_t num_cells = 0;
  for (const Technique* technique : catalogue.cloud_techniques())
    num_cells += technique->tactics.size();
  EXPECT_EQ(num_cells, count_of(root, "cloud_matrix_cells(technique x tactic)"));
}

TEST_F(AttackConformance, CountsComeOutAsListed) {
  expect_counts(newest(), folder_ / "facts/counts.json");
  expect_counts(of_18(), folder_ / "facts/counts-18.1.json");
}

TEST_F(AttackConformance, EveryObjectAndRelationshipIsCounted) {
  auto text = attack::read_bundle_file((folder_ / "enterprise-attack.stix.json.zst").string());
  const auto bundle = attack::import_bundle(std::move(*text), "bundle");
  const auto document = text::JsonDocument::parse(
      read_file(folder_ / "facts/counts.json", kDefaultLimits.max_document_bytes).value());
  const auto root = document->root();
  for (const auto& [name, counts] : {std::pair("objects", bundle->counts.objects),
                                     std::pair("relationships", bundle->counts.relationships)}) {
    for (const text::JsonValue& expected : root.find(name)->children()) {
      const auto found = counts.find(std::string(expected.key()));
      ASSERT_NE(found, counts.end()) << expected.key();
      EXPECT_EQ(std::to_string(found->second), expected.text()) << expected.key();
    }
  }
}

TEST_F(AttackConformance, GroupsAndCampaignsAreThoseListed) {
  Lines groups;
  for (const attack::Group& group : newest().facts().groups) {
    if (group.status != attack::Status::kActive) continue;
    groups.insert(fmt::format("{} {} {} {} {} {} {}", group.id.value, group.name,
                              fmt::join(group.aliases, "|"), attack::to_string(group.created),
                              attack::to_string(group.modified), group.version,
                              group.techniques.size()));
  }
  Lines expected;
  for (const Row& row : facts("groups.tsv")) {
    expected.insert(fmt::format("{} {} {} {} {} {} {}", row.at("group_id"), row.at("name"),
                                row.at("aliases"), row.at("created"), row.at("modified"),
                                row.at("version"), row.at("techniques")));
  }
  EXPECT_EQ(groups, expected);
  Lines campaigns;
  for (const attack::Campaign& campaign : newest().facts().campaigns) {
    std::vector<std::string> by;
    for (const auto& id : campaign.groups) by.push_back(id.value);
    campaigns.insert(
        fmt::format("{} {} {} {} {} {} {}", campaign.id.value, campaign.name,
                    fmt::join(campaign.aliases, "|"), attack::to_string(campaign.first_seen),
                    attack::to_string(campaign.last_seen), sorted(by), campaign.techniques.size()));
  }
  expected.clear();
  for (const Row& row : facts("campaigns.tsv")) {
    expected.insert(fmt::format("{} {} {} {} {} {} {}", row.at("campaign_id"), row.at("name"),
                                row.at("aliases"), row.at("first_seen"), row.at("last_seen"),
                                sorted(split(row.at("attributed_groups"), '|')),
                                row.at("techniques")));
  }
  EXPECT_EQ(campaigns, expected);
}

// "G0001 T1078" for every pair whose technique is in the wider cloud scope.
template <typename Object>
Lines pairs_of(const Catalogue& catalogue, const std::vector<Object>& objects) {
  Lines pairs;
  for (const Object& object : objects) {
    if (object.status != attack::Status::kActive) continue;
    for (const auto& id : object.techniques) {
      const Technique* technique = catalogue.find(id);
      if (technique->is_active() && is_in(*technique, Scope::kCloudAndContainers)) {
        pairs.insert(object.id.value + " " + id.value);
      }
    }
  }
  return pairs;
}

Lines pairs_of(const std::vector<Row>& rows, const std::string& column) {
  Lines pairs;
  for (const Row& row : rows) pairs.insert(row.at(column) + " " + row.at("technique_id"));
  return pairs;
}

TEST_F(AttackConformance, WhoUsesWhatIsAsListed) {
  const attack::Facts& all = newest().facts();
  EXPECT_EQ(pairs_of(newest(), all.groups), pairs_of(facts("group_technique.tsv"), "group_id"));
  EXPECT_EQ(pairs_of(newest(), all.campaigns),
            pairs_of(facts("campaign_technique.tsv"), "campaign_id"));
  EXPECT_EQ(pairs_of(newest(), all.software),
            pairs_of(facts("software_technique.tsv"), "software_id"));
  EXPECT_EQ(pairs_of(newest(), all.mitigations),
            pairs_of(facts("mitigation_technique.tsv"), "mitigation_id"));
}

TEST_F(AttackConformance, AnalyticsReadTheLogSourcesListed) {
  Lines expected;
  for (const Row& row : facts("detections.tsv")) {
    if (row.at("log_source").empty()) continue;
    expected.insert(fmt::format("{} {} {} {} {} {}", row.at("technique_id"), row.at("strategy_id"),
                                row.at("analytic_id"), row.at("data_component_id"),
                                row.at("log_source"), row.at("channel")));
  }
  Lines read;
  for (const Technique* technique : newest().cloud_techniques(Scope::kCloudAndContainers)) {
    for (const auto* strategy : newest().strategies_of(technique->id)) {
      for (const auto& analytic_id : strategy->analytics) {
        for (const auto& source : newest().find(analytic_id)->log_sources) {
          read.insert(fmt::format("{} {} {} {} {} {}", technique->id.value, strategy->id.value,
                                  analytic_id.value, source.data_component.value, source.name,
                                  source.channel));
        }
      }
    }
  }
  EXPECT_EQ(read, expected);
}

TEST_F(AttackConformance, TheDifferenceOf18And19IsTheOneListed) {
  std::map<std::string, std::string> expected;
  for (const Row& row : facts("diff-18.1-19.1.tsv")) {
    expected[row.at("technique_id") + " " + row.at("change")] =
        row.at("change") == "revoked" ? row.at("new") : "";
  }
  std::map<std::string, std::string> found;
  for (const auto& difference : attack::compare(of_18(), newest())) {
    const std::string change(to_string(difference.kind));
    found[difference.id.value + " " + change] = change == "revoked" ? difference.after : "";
  }
  EXPECT_EQ(found, expected);
}

TEST_F(AttackConformance, Stix20AndStix21SayTheSame) {
  attack::Facts of_20 = imported("attack-cloud.stix20.json.zst").facts();
  const attack::Facts& of_21 = imported("attack-cloud.stix.json.zst").facts();
  of_20.version = of_21.version;  // STIX 2.0 has no collection to say these two
  of_20.released = of_21.released;
  EXPECT_EQ(attack::write_facts(of_20), attack::write_facts(of_21));
}

TEST_F(AttackConformance, ShippedCataloguesAreTheBundlesImported) {
  const Knowledge knowledge;
  for (const std::string version : {"8.2", "16.1", "18.1"}) {
    const auto& bundle = imported("older/enterprise-attack-" + version + ".stix.json.zst");
    EXPECT_EQ(knowledge.find("attack/" + version + ".tsv")->content,
              attack::write_facts(bundle.facts()));
  }
  EXPECT_EQ(knowledge.find("attack/19.1.tsv")->content, attack::write_facts(newest().facts()));
}

}  // namespace
}  // namespace nepho::tests
