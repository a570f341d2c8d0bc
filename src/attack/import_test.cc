#include "attack/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/facts_writer.h"

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A bundle of a few objects with `more` behind them.
std::string bundle(std::string_view more = {}) {
  return std::string(R"({"type": "bundle", "id": "bundle--1", "objects": [
    {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "x_mitre_version": "42.1",
     "modified": "2030-04-01T10:00:00.000Z"},
    {"type": "relationship", "id": "relationship--1", "relationship_type": "uses",
     "source_ref": "intrusion-set--1", "target_ref": "attack-pattern--2"},
    {"type": "x-mitre-matrix", "id": "x-mitre-matrix--1",
     "external_references": [{"source_name": "mitre-attack", "external_id": "enterprise-attack"}],
     "tactic_refs": ["x-mitre-tactic--2", "x-mitre-tactic--1"]},
    {"type": "x-mitre-tactic", "id": "x-mitre-tactic--1", "name": "Impact",
     "x_mitre_shortname": "impact",
     "external_references": [{"source_name": "mitre-attack", "external_id": "TA0040"}]},
    {"type": "x-mitre-tactic", "id": "x-mitre-tactic--2", "name": "Initial Access",
     "x_mitre_shortname": "initial-access",
     "external_references": [{"source_name": "mitre-attack", "external_id": "TA0001"}]},
    {"type": "attack-pattern", "id": "attack-pattern--1", "name": "Valid Accounts",
     "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "impact"},
                           {"kill_chain_name": "mitre-attack", "phase_name": "initial-access"}],
     "x_mitre_platforms": ["SaaS", "IaaS"], "x_mitre_version": "2.7",
     "created": "2017-05-31T21:31:00.645Z", "modified": "2029-12-24T00:00:00.000Z",
     "external_references": [{"source_name": "capec", "external_id": "CAPEC-560"},
                             {"source_name": "mitre-attack", "external_id": "T1078"}]},
    {"type": "attack-pattern", "id": "attack-pattern--2", "name": "Cloud Accounts",
     "x_mitre_platforms": ["IaaS"],
     "external_references": [{"source_name": "mitre-attack", "external_id": "T1078.004"}]},
    {"type": "intrusion-set", "id": "intrusion-set--1", "name": "Vexed Vulture",
     "aliases": ["Vexed Vulture", "VV"],
     "external_references": [{"source_name": "mitre-attack", "external_id": "G9001"}]}
  )") + (more.empty() ? "" : ",") +
         std::string(more) + "]}";
}

Catalogue imported(const std::string& text) {
  auto result = import_bundle(text, "x.json");
  EXPECT_TRUE(result) << to_string(result.error());
  return std::move(result->catalogue);
}

TEST(Import, ReadsATechniqueWithItsTacticsInTheOrderOfTheMatrix) {
  const Catalogue catalogue = imported(bundle());
  const Technique* technique = catalogue.find(TechniqueId{"T1078"});
  ASSERT_NE(technique, nullptr);
  EXPECT_EQ(technique->name, "Valid Accounts");
  EXPECT_THAT(technique->tactics, ElementsAre(TacticId{"TA0001"}, TacticId{"TA0040"}));
  EXPECT_THAT(technique->platforms, ElementsAre("IaaS", "SaaS"));
  EXPECT_EQ(technique->version, "2.7");
  EXPECT_EQ(to_string(technique->created), "2017-05-31");
  EXPECT_TRUE(technique->is_active());
}

TEST(Import, KnowsTheVersionAndTheDayOfTheCollection) {
  const Catalogue catalogue = imported(bundle());
  EXPECT_EQ(catalogue.version(), "42.1");
  EXPECT_EQ(catalogue.facts().domain, "enterprise-attack");
  EXPECT_EQ(to_string(catalogue.facts().released), "2030-04-01");
}

TEST(Import, HangsRelationshipsOnWhereverTheyStand) {
  const Catalogue catalogue = imported(bundle());
  ASSERT_EQ(catalogue.facts().groups.size(), 1U);
  EXPECT_THAT(catalogue.facts().groups[0].techniques, ElementsAre(TechniqueId{"T1078.004"}));
}

TEST(Import, LeavesOutRelationshipsThatWereWithdrawnOrLeadNowhereAndCountsThem) {
  const auto result = import_bundle(bundle(R"(
    {"type": "relationship", "relationship_type": "uses", "source_ref": "intrusion-set--1",
     "target_ref": "attack-pattern--1", "revoked": true},
    {"type": "relationship", "relationship_type": "uses", "source_ref": "intrusion-set--1",
     "target_ref": "attack-pattern--9"})"),
                                    "x.json");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->catalogue.facts().groups[0].techniques.size(), 1U);
  EXPECT_EQ(result->counts.relationships.at("uses:intrusion-set->attack-pattern"), 3U);
  EXPECT_EQ(result->counts.skipped.at("relationship that is revoked or deprecated"), 1U);
  EXPECT_EQ(result->counts.skipped.at("relationship to an object that is not in the catalogue"),
            1U);
}

TEST(Import, FollowsWhatARevokedTechniqueWasRevokedBy) {
  const Catalogue catalogue = imported(bundle(R"(
    {"type": "attack-pattern", "id": "attack-pattern--3", "name": "Old", "revoked": true,
     "external_references": [{"source_name": "mitre-attack", "external_id": "T1000"}]},
    {"type": "relationship", "relationship_type": "revoked-by", "source_ref": "attack-pattern--3",
     "target_ref": "attack-pattern--1"})"));
  EXPECT_TRUE(catalogue.find(TechniqueId{"T1000"})->is_revoked());
  EXPECT_EQ(catalogue.successor({"T1000"}), TechniqueId{"T1078"});
}

TEST(Import, ReadsCampaignsWithDatesAndSoftwareWithPlatforms) {
  const Catalogue catalogue = imported(bundle(R"(
    {"type": "campaign", "id": "campaign--1", "name": "Hail", "first_seen": "2028-02-01T04:00:00.000Z",
     "last_seen": "2028-03-01T04:00:00.000Z",
     "external_references": [{"source_name": "mitre-attack", "external_id": "C9001"}]},
    {"type": "tool", "id": "tool--1", "name": "Drizzle", "x_mitre_platforms": ["IaaS"],
     "external_references": [{"source_name": "mitre-attack", "external_id": "S9001"}]},
    {"type": "relationship", "relationship_type": "uses", "source_ref": "campaign--1",
     "target_ref": "tool--1"},
    {"type": "relationship", "relationship_type": "attributed-to", "source_ref": "campaign--1",
     "target_ref": "intrusion-set--1"})"));
  const Campaign* campaign = catalogue.find(CampaignId{"C9001"});
  ASSERT_NE(campaign, nullptr);
  EXPECT_EQ(to_string(campaign->first_seen), "2028-02-01");
  EXPECT_EQ(to_string(campaign->last_seen), "2028-03-01");
  EXPECT_THAT(campaign->groups, ElementsAre(GroupId{"G9001"}));
  EXPECT_THAT(campaign->software, ElementsAre(SoftwareId{"S9001"}));
  EXPECT_TRUE(catalogue.find(SoftwareId{"S9001"})->is_tool);
}

TEST(Import, ReadsStrategiesDownToTheirLogSources) {
  const Catalogue catalogue = imported(bundle(R"(
    {"type": "x-mitre-detection-strategy", "id": "x-mitre-detection-strategy--1", "name": "D",
     "x_mitre_analytic_refs": ["x-mitre-analytic--1", "x-mitre-analytic--9"],
     "external_references": [{"source_name": "mitre-attack", "external_id": "DET9001"}]},
    {"type": "x-mitre-analytic", "id": "x-mitre-analytic--1", "x_mitre_platforms": ["IaaS"],
     "external_references": [{"source_name": "mitre-attack", "external_id": "AN9001"}],
     "x_mitre_log_source_references": [{"name": "AWS:CloudTrail", "channel": "ConsoleLogin",
       "x_mitre_data_component_ref": "x-mitre-data-component--1"}]},
    {"type": "x-mitre-data-component", "id": "x-mitre-data-component--1", "name": "Logon",
     "external_references": [{"source_name": "mitre-attack", "external_id": "DC9001"}]},
    {"type": "relationship", "relationship_type": "detects", "target_ref": "attack-pattern--2",
     "source_ref": "x-mitre-detection-strategy--1"})"));
  const auto analytics = catalogue.analytics_of({"T1078.004"});
  ASSERT_EQ(analytics.size(), 1U);
  EXPECT_THAT(analytics[0]->log_sources,
              ElementsAre(LogSourceReference{{"DC9001"}, "AWS:CloudTrail", "ConsoleLogin"}));
}

TEST(Import, SkipsObjectsWithoutAnIdOfATTACKAndCountsThem) {
  const auto result = import_bundle(bundle(R"(
    {"type": "attack-pattern", "id": "attack-pattern--8", "name": "Spear Phishing",
     "external_references": [{"source_name": "capec", "external_id": "CAPEC-163"}]},
    {"type": "malware", "id": "malware--8", "name": "Odd",
     "external_references": [{"source_name": "mitre-attack", "external_id": "S 1\t2"}]})"),
                                    "x.json");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->catalogue.facts().techniques.size(), 2U);
  EXPECT_THAT(result->catalogue.facts().software, IsEmpty());
  EXPECT_EQ(result->counts.skipped.at("attack-pattern without an ATT&CK id"), 1U);
  EXPECT_EQ(result->counts.skipped.at("malware without an ATT&CK id"), 1U);
}

TEST(Import, LeavesOutTacticsThatTheMatrixDoesNotListAndCountsThem) {
  const auto result = import_bundle(bundle(R"(
    {"type": "x-mitre-tactic", "id": "x-mitre-tactic--9", "name": "Elsewhere",
     "x_mitre_shortname": "elsewhere",
     "external_references": [{"source_name": "mitre-attack", "external_id": "TA0099"}]},
    {"type": "x-mitre-matrix", "id": "x-mitre-matrix--2", "tactic_refs": ["x-mitre-tactic--7"]},
    {"type": "attack-pattern", "id": "attack-pattern--7", "name": "Odd",
     "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "elsewhere"}],
     "external_references": [{"source_name": "mitre-attack", "external_id": "T1999"}]})"),
                                    "x.json");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->catalogue.tactics().size(), 2U);
  EXPECT_THAT(result->catalogue.find(TechniqueId{"T1999"})->tactics, IsEmpty());
  EXPECT_EQ(result->counts.skipped.at("x-mitre-tactic outside the matrix"), 1U);
  EXPECT_EQ(result->counts.skipped.at("tactic of the matrix that is not in the bundle"), 1U);
  EXPECT_EQ(result->counts.skipped.at("phase that is no tactic of the matrix"), 1U);
}

TEST(Import, FollowsWhatRevokedGroupsAndSoftwareWereRevokedBy) {
  const Catalogue catalogue = imported(bundle(R"(
    {"type": "intrusion-set", "id": "intrusion-set--2", "name": "Old Owl", "revoked": true,
     "external_references": [{"source_name": "mitre-attack", "external_id": "G9002"}]},
    {"type": "relationship", "id": "relationship--7", "relationship_type": "revoked-by",
     "source_ref": "intrusion-set--2", "target_ref": "intrusion-set--1"},
    {"type": "tool", "id": "tool--1", "name": "New", "external_references":
     [{"source_name": "mitre-attack", "external_id": "S9001"}]},
    {"type": "malware", "id": "malware--1", "name": "Old", "revoked": true, "external_references":
     [{"source_name": "mitre-attack", "external_id": "S9002"}]},
    {"type": "relationship", "id": "relationship--8", "relationship_type": "revoked-by",
     "source_ref": "malware--1", "target_ref": "tool--1"})"));
  EXPECT_EQ(catalogue.find(GroupId{"G9002"})->status, Status::kRevoked);
  EXPECT_EQ(catalogue.find(GroupId{"G9002"})->revoked_by, GroupId{"G9001"});
  EXPECT_EQ(catalogue.find(SoftwareId{"S9002"})->revoked_by, SoftwareId{"S9001"});
  EXPECT_TRUE(catalogue.find(SoftwareId{"S9001"})->is_tool);
  EXPECT_FALSE(catalogue.find(SoftwareId{"S9002"})->is_tool);
}

TEST(Import, HangsMitigationsAndCampaignsOnTheirTechniques) {
  const Catalogue catalogue = imported(bundle(R"(
    {"type": "course-of-action", "id": "course-of-action--1", "name": "Ask Twice",
     "external_references": [{"source_name": "mitre-attack", "external_id": "M9001"}]},
    {"type": "relationship", "id": "relationship--7", "relationship_type": "mitigates",
     "source_ref": "course-of-action--1", "target_ref": "attack-pattern--1"},
    {"type": "campaign", "id": "campaign--1", "name": "Long Night", "external_references":
     [{"source_name": "mitre-attack", "external_id": "C9001"}]},
    {"type": "relationship", "id": "relationship--8", "relationship_type": "attributed-to",
     "source_ref": "campaign--1", "target_ref": "intrusion-set--1"},
    {"type": "relationship", "id": "relationship--9", "relationship_type": "uses",
     "source_ref": "campaign--1", "target_ref": "attack-pattern--1"},
    {"type": "relationship", "id": "relationship--10", "relationship_type": "targets",
     "source_ref": "campaign--1", "target_ref": "attack-pattern--2"})"));
  const auto mitigations = catalogue.mitigations_of(TechniqueId{"T1078"});
  ASSERT_EQ(mitigations.size(), 1U);
  EXPECT_EQ(mitigations[0]->name, "Ask Twice");
  const Campaign* campaign = catalogue.find(CampaignId{"C9001"});
  ASSERT_NE(campaign, nullptr);
  EXPECT_THAT(campaign->groups, ElementsAre(GroupId{"G9001"}));
  EXPECT_THAT(campaign->techniques, ElementsAre(TechniqueId{"T1078"}));
}

Error refusal(std::string text) {
  const auto result = import_bundle(std::move(text), "x.json");
  EXPECT_FALSE(result);
  return result ? Error(kNoBundle, "accepted") : result.error();
}

TEST(Import, NamesThePlaceWhereTextIsNoJson) {
  EXPECT_EQ(to_string(refusal("{\n  \"type\": bundle}").place), "x.json:2:11");
  EXPECT_EQ(refusal("").place.file, "x.json");
}

TEST(Import, RefusesJsonThatIsNoBundle) {
  for (const char* text :
       {"[]", "{}", "\"bundle\"", R"({"type": "bundle"})", R"({"type": "bundle", "objects": {}})",
        R"({"type": "attack-pattern", "objects": []})"}) {
    EXPECT_EQ(refusal(text).code, kNoBundle) << text;
  }
  EXPECT_EQ(to_string(refusal("{\"type\": \"bundle\",\n \"objects\": [{},\n 7]}").place),
            "x.json:3:2");
}

TEST(Import, TellsALayerFromABundle) {
  EXPECT_THAT(refusal(R"({"name": "ours", "domain": "enterprise-attack", "techniques": []})").hint,
              ::testing::HasSubstr("Navigator layer"));
}

TEST(Import, RefusesABundleWithoutAnyTechnique) {
  EXPECT_EQ(
      refusal(R"({"type": "bundle", "objects": [{"type": "malware", "id": "malware--1"}]})").code,
      kNoTechniques);
}

TEST(Import, GivesTheSameFactsWhateverTheOrderOfTheObjects) {
  const std::string text = bundle();
  const std::size_t first = text.find("{\"type\": \"x-mitre-collection\"");
  const std::size_t second = text.find("{\"type\": \"relationship\"");
  const std::string collection = text.substr(first, second - first);
  std::string moved = text;
  moved.erase(first, collection.size());
  moved.insert(moved.rfind(']'), "," + collection.substr(0, collection.rfind(',')));
  EXPECT_EQ(write_facts(imported(moved).facts()), write_facts(imported(text).facts()));
}

}  // namespace
}  // namespace nepho::attack
