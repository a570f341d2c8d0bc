#include "attack/facts_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/catalogue.h"
#include "attack/facts_writer.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kHead = "nephometer-attack\t1\n";

// One of every kind, with every field filled.
Facts full_facts() {
  const Date day = parse_date("2026-05-12");
  Facts facts{.version = "42.0", .domain = "enterprise-attack", .released = day};
  facts.tactics = {{{"TA0040"}, "impact", "Impact"},
                   {{"TA0001"}, "initial-access", "Initial Access"}};
  facts.techniques = {{.id = {"T1000"},
                       .name = "Old | older",
                       .status = Status::kRevoked,
                       .revoked_by = {"T1078.004"}},
                      {.id = {"T1078.004"},
                       .name = "Cloud\tAccounts",
                       .parent = {"T1078"},
                       .tactics = {{"TA0040"}, {"TA0001"}},
                       .platforms = {"IaaS", "Office Suite"},
                       .version = "1.2",
                       .created = day,
                       .modified = day}};
  facts.groups = {{.id = {"G1"},
                   .name = "g",
                   .status = Status::kRevoked,
                   .revoked_by = {"G2"},
                   .aliases = {"g", "h|i"},
                   .version = "1.0",
                   .created = day,
                   .modified = day,
                   .techniques = {{"T1078.004"}},
                   .software = {{"S1"}, {"S2"}}}};
  facts.campaigns = {{.id = {"C1"},
                      .name = "c",
                      .aliases = {"c"},
                      .first_seen = day,
                      .last_seen = day,
                      .groups = {{"G1"}},
                      .techniques = {{"T1000"}},
                      .software = {{"S1"}}}};
  facts.software = {{.id = {"S1"},
                     .name = "s",
                     .is_tool = true,
                     .aliases = {"t"},
                     .platforms = {"Linux"},
                     .techniques = {{"T1000"}}}};
  facts.mitigations = {
      {.id = {"M1"}, .name = "m", .status = Status::kDeprecated, .techniques = {{"T1000"}}}};
  facts.data_components = {{.id = {"DC1"}, .name = "d"}};
  facts.strategies = {
      {.id = {"DET1"}, .name = "s", .techniques = {{"T1000"}}, .analytics = {{"AN1"}}}};
  facts.analytics = {{.id = {"AN1"},
                      .platforms = {"IaaS"},
                      .log_sources = {{{"DC1"}, "AWS:CloudTrail", "a, b"}, {{}, "", ""}}}};
  return facts;
}

TEST(FactsReader, BringsBackEveryFactThatWasWritten) {
  const std::string text = write_facts(full_facts());
  const auto facts = parse_facts(text, "x.tsv");
  ASSERT_TRUE(facts) << to_string(facts.error());
  EXPECT_EQ(write_facts(*facts), text);
  EXPECT_EQ(facts->techniques[1].name, "Cloud\tAccounts");
  EXPECT_EQ(facts->techniques[1].parent, TechniqueId{"T1078"});
  EXPECT_EQ(facts->groups[0].aliases[1], "h|i");
  EXPECT_EQ(facts->analytics[0].log_sources.size(), 2U);
  EXPECT_TRUE(facts->software[0].is_tool);
}

TEST(FactsReader, CarriesTheNoticeThatTheLicenceAsksFor) {
  EXPECT_NE(write_facts({}).find(kMitreNotice), std::string::npos);
}

TEST(FactsReader, PassesOverRemarksAndTakesWindowsLineEnds) {
  const auto facts =
      parse_facts("nephometer-attack\t1\r\n# a remark\r\n\r\nversion\t42.0\r\n", "x.tsv");
  ASSERT_TRUE(facts) << to_string(facts.error());
  EXPECT_EQ(facts->version, "42.0");
}

TEST(FactsReader, RefusesAFileOfAnotherForm) {
  for (const char* text : {"", "version\t1\n", "nephometer-attack\t2\n", "{}"}) {
    const auto facts = parse_facts(text, "x.tsv");
    ASSERT_FALSE(facts) << text;
    EXPECT_EQ(facts.error().code, kBadFacts);
  }
}

TEST(FactsReader, NamesTheLineOfAFault) {
  for (const char* line :
       {"weather\tG1", "tactic\tTA0001\timpact", "technique\tT1\tn\tactive\t\t\t\t\t\t",
        "technique\tT1000\tn\tactive\t\tTA0001\t\t\t\t", "reads\tDC1\ta\tb",
        "software\tS1\tn\tactive\t\tworm\t\t\t", "group\t\tn\tactive\t\t\t\t\t\t\t"}) {
    const auto facts = parse_facts(std::string(kHead) + "# remark\n" + line + "\n", "x.tsv");
    ASSERT_FALSE(facts) << line;
    EXPECT_EQ(to_string(facts.error().place), "x.tsv:3") << line;
  }
}

}  // namespace
}  // namespace nepho::attack
