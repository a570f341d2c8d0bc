#include "inventory/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "inventory/import_testing.h"
#include "inventory/take.h"
#include "sigma/load.h"

namespace nepho::inventory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const DecisiveEvents& events() {
  static LoadReport report;
  static const Knowledge kKnowledge;
  static const auto kEvents = DecisiveEvents::load(kKnowledge, test_references().catalogue, report);
  EXPECT_TRUE(report.problems().empty());
  return kEvents;
}

References references() {
  References all = test_references();
  all.decisive_events = &events();
  return all;
}

std::vector<std::string> suggested(std::string_view text, const std::string& provider) {
  std::vector<std::string> techniques;
  for (const Suggestion& suggestion : suggest(text, {provider}, events()))
    techniques.push_back(suggestion.technique);
  return techniques;
}

Detection sigma_rule(const std::string& detection, const std::string& tags) {
  const auto documents = sigma::parse_documents(
      "title: A\nid: 8ad1600d-e9dc-4251-b0ee-a65268f29add\n"
      "logsource: {product: aws, service: cloudtrail}\ndetection:\n" +
          detection + "tags: [" + tags + "]\n",
      "r.yml", {});
  return *to_detection(documents.at(0), references());
}

TEST(DecisiveEvents, OfTheProgramNameActiveTechniquesAlone) {
  const Knowledge knowledge;
  std::size_t num_lines = 0;
  for (const KnowledgeFile* file : knowledge.list("decisive/")) {
    for (std::string_view rest = file->content; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.starts_with('#')) continue;
      const std::string id(line.substr(0, line.find('\t')));
      const auto* technique = test_references().catalogue.find(attack::TechniqueId{id});
      EXPECT_TRUE(technique != nullptr && technique->is_active()) << file->path << ": " << id;
      ++num_lines;
    }
  }
  EXPECT_GT(num_lines, 0U);
}

TEST(DecisiveEvents, AFaultyLineHasItsPlaceAndCostsOnlyItself) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::temp_directory_path() / test->name();
  std::filesystem::create_directories(folder / "decisive");
  std::ofstream(folder / "decisive" / "aws.tsv")
      << "# a head\nT1098.001\tsure\tA\nT1098.001\thigh\tb*c\nT1098.001 high A\n"
         "T0001\thigh\tA\nT1098.001\thigh\tMyEvent & MyValue\n";
  Knowledge knowledge;
  ASSERT_TRUE(knowledge.lay_over(folder));
  LoadReport report;
  const auto read = DecisiveEvents::load(knowledge, test_references().catalogue, report);
  std::vector<std::size_t> lines;
  for (const Problem& problem : report.problems()) lines.push_back(problem.error.place.line);
  EXPECT_THAT(lines, ElementsAre(2, 3, 4));
  EXPECT_THAT(read.in("myevent of myvalue", "aws"), testing::SizeIs(1));
  EXPECT_THAT(read.in("myevent", "aws"), IsEmpty());
  EXPECT_THAT(read.in("myevent of myvalue", "gcp"), IsEmpty());
  std::filesystem::remove_all(folder);
}

TEST(Suggest, ADecisiveEventSpeaksForItsTechnique) {
  EXPECT_THAT(suggested("eventName = CreateAccessKey", "aws"), ElementsAre("T1098.001"));
  EXPECT_THAT(suggested("eventName = CreateAccessKey", "gcp"), IsEmpty());
  EXPECT_THAT(
      suggested("protoPayload.methodName=google.logging.v2.ConfigServiceV2.DeleteSink", "gcp"),
      ElementsAre("T1685.002"));
  EXPECT_THAT(
      suggested("OperationNameValue =~ \"MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE\"", "azure"),
      ElementsAre("T1098.003"));
  EXPECT_THAT(suggested("nothing of the kind", "aws"), IsEmpty());
}

TEST(Suggest, EventsThatSayOtherThingsTakeConfidence) {
  const auto alone = suggest("StopLogging", {"aws"}, events());
  const auto among = suggest("StopLogging CreateAccessKey PutUserPolicy", {"aws"}, events());
  ASSERT_EQ(alone.size(), 1U);
  ASSERT_EQ(among.size(), 3U);
  EXPECT_GT(alone.front().confidence, among.front().confidence);
  EXPECT_THAT(alone.front().events, ElementsAre("StopLogging"));
}

TEST(Suggest, WhatARuleExcludesSaysNothing) {
  const Detection rule = sigma_rule(
      "  a: {eventName: StopLogging}\n  b: {eventName: CreateAccessKey}\n"
      "  condition: a and not b\n",
      "");
  ASSERT_EQ(rule.suggestions.size(), 1U);
  EXPECT_EQ(rule.suggestions[0].technique, "T1685.002");
}

TEST(Suggest, TheMappingPlaysNoPartAndTheHintSaysWhatWouldBetterIt) {
  const std::string detection = "  a: {eventName: CreateAccessKey}\n  condition: a\n";
  const Detection unmapped = sigma_rule(detection, "");
  const Detection parent = sigma_rule(detection, "attack.t1098");
  const Detection other = sigma_rule(detection, "attack.t1485");
  for (const Detection* rule : {&unmapped, &parent, &other})
    EXPECT_EQ(rule->suggestions.at(0).technique, "T1098.001");
  EXPECT_THAT(unmapped.problems.at(0).error.hint, HasSubstr("CreateAccessKey suggests T1098.001"));
  EXPECT_THAT(parent.problems.at(0).error.hint, HasSubstr("CreateAccessKey suggests T1098.001"));
  EXPECT_EQ(useful_suggestions(parent).size(), 1U);
  EXPECT_THAT(useful_suggestions(other), IsEmpty());
}

TEST(Suggest, ReadsTheQueriesOfOtherProducts) {
  auto file = recognize(
      "id: 1\nname: A\nrelevantTechniques: []\nquery: |\n"
      "  AWSCloudTrail | where EventName == 'CreateAccessKey'\n",
      "r");
  const auto rules = import_rules(*std::move(file), references());
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].suggestions.at(0).technique, "T1098.001");
}

}  // namespace
}  // namespace nepho::inventory
