#include "sigma/collection.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

// What is left of the documents, as "key=value key=value; ...", nested keys with a dot.
std::string carried_out(std::string_view yaml, std::size_t expected_errors = 0) {
  LoadReport report;
  std::string text;
  for (const auto& document : carry_out_actions(text::parse_yaml_stream(yaml, "r.yml").documents,
                                                "r.yml", kDefaultLimits, report)) {
    if (!text.empty()) text += "; ";
    for (const auto& [key, value] : document.members) {
      if (!text.empty() && text.back() != ' ') text += ' ';
      text += key.text + "=" + value.text;
      for (const auto& [inner, inner_value] : value.members)
        text += "." + inner.text + "=" + inner_value.text;
    }
  }
  EXPECT_EQ(report.num_errors(), expected_errors) << yaml;
  return text;
}

TEST(Collection, DocumentsWithoutActionStayAsTheyAre) {
  EXPECT_EQ(carried_out("a: 1\n---\nb: 2\n"), "a=1; b=2");
  EXPECT_EQ(carried_out("a: 1\n---\n---\nb: 2\n---\n"), "a=1; b=2");
}

TEST(Collection, GlobalIsMergedKeyByKey) {
  EXPECT_EQ(carried_out("action: global\nm: {x: 1, y: 1}\n---\nm: {y: 2, z: 2}\n"),
            "m=.x=1.y=2.z=2");
  EXPECT_EQ(carried_out("action: global\na: 1\n---\naction: global\nb: 2\n---\nc: 3\n"),
            "a=1 b=2 c=3");
}

TEST(Collection, ResetForgetsTheGlobal) {
  EXPECT_EQ(carried_out("action: global\na: 1\n---\naction: reset\n---\nb: 2\n"), "b=2");
}

TEST(Collection, RepeatIsTheDocumentBeforeWithChanges) {
  EXPECT_EQ(carried_out("a: 1\nb: 1\n---\naction: repeat\nb: 2\n---\naction: repeat\na: 3\n"),
            "a=1 b=1; a=1 b=2; a=3 b=2");
}

TEST(Collection, RepeatOfNothingAndUnknownActionsAreErrors) {
  EXPECT_EQ(carried_out("action: repeat\na: 1\n", 1), "");
  EXPECT_EQ(carried_out("action: globe\na: 1\n---\nb: 2\n", 1), "b=2");
}

// What a file is told about itself: "line:column code" of every problem.
std::vector<std::string> problems(std::string_view yaml, const Limits& limits = kDefaultLimits) {
  LoadReport report;
  carry_out_actions(text::parse_yaml_stream(yaml, "r.yml").documents, "r.yml", limits, report);
  std::vector<std::string> lines;
  for (const Problem& problem : report.problems())
    lines.push_back(to_string(problem.error.place) + " " + std::string(problem.error.code.name()));
  return lines;
}

TEST(Collection, AnActionThatIsNoWordIsAnError) {
  EXPECT_EQ(problems("action: [global]\na: 1\n"),
            std::vector<std::string>{"r.yml:1:9 sigma.unknown_action"});
  EXPECT_EQ(problems("action: {global: yes}\n"),
            std::vector<std::string>{"r.yml:1:9 sigma.unknown_action"});
  EXPECT_EQ(problems("action: ''\na: 1\n"),
            std::vector<std::string>{"r.yml:1:9 sigma.unknown_action"});
}

TEST(Collection, AnActionWithoutValueIsNone) {
  EXPECT_EQ(carried_out("action:\na: 1\n"), "a=1");
  EXPECT_EQ(carried_out("action: ~\na: 1\n"), "a=1");
}

TEST(Collection, AMisspeltActionGetsADidYouMean) {
  LoadReport report;
  carry_out_actions(text::parse_yaml_stream("action: repat\n", "r.yml").documents, "r.yml",
                    kDefaultLimits, report);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 'repeat'?");
}

TEST(Collection, AnErrorCostsItsDocumentOnly) {
  EXPECT_EQ(carried_out("a: 1\n---\naction: x\nb: 2\n---\naction: repeat\nc: 3\n", 1),
            "a=1; a=1 c=3");
}

TEST(Collection, ResetWithoutGlobalAndGlobalWithoutRestAreNoErrors) {
  EXPECT_EQ(carried_out("action: reset\n---\na: 1\n"), "a=1");
  EXPECT_EQ(carried_out("a: 1\n---\naction: global\nb: 2\n"), "a=1");
}

TEST(Collection, ResetForgetsNothingOfTheDocumentToRepeat) {
  EXPECT_EQ(carried_out("action: global\ng: 1\n---\na: 1\n---\naction: reset\n---\n"
                        "action: repeat\nb: 2\n"),
            "g=1 a=1; g=1 a=1 b=2");
}

TEST(Collection, OtherKindsThanMappingsReplaceEachOther) {
  EXPECT_EQ(carried_out("action: global\nm: {x: 1}\nn: 1\n---\nm: 2\nn: {y: 2}\n"), "m=2 n=.y=2");
}

TEST(Collection, AMergedDocumentStandsWhereTheUpperOneDoes) {
  LoadReport report;
  const auto documents = carry_out_actions(
      text::parse_yaml_stream("action: global\na: 1\n---\n\nb: 2\n", "r.yml").documents, "r.yml",
      kDefaultLimits, report);
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(to_string(documents[0].place("r.yml")), "r.yml:5:1");
  EXPECT_EQ(to_string(documents[0].find("a")->place("r.yml")), "r.yml:2:4");
}

// A large global under many small documents: each would be a copy of it.
TEST(Collection, ActionsDoNotMultiplyAFileBeyondTheLimit) {
  std::string yaml = "action: global\n";
  for (int i = 0; i < 50; ++i) yaml += "k" + std::to_string(i) + ": 1\n";
  for (int i = 0; i < 50; ++i) yaml += "---\na: 1\n";
  Limits limits;
  limits.max_yaml_nodes = 1'000;  // 101 nodes a copy
  LoadReport report;
  const auto documents =
      carry_out_actions(text::parse_yaml_stream(yaml, "r.yml").documents, "r.yml", limits, report);
  EXPECT_LE(documents.size(), 10U);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].error.code, kTooMany);
  EXPECT_EQ(report.problems()[0].error.place.file, "r.yml");
}

TEST(Collection, RepeatsDoNotMultiplyAFileBeyondTheLimit) {
  std::string yaml = "a: [1, 2, 3, 4, 5, 6, 7, 8]\n";
  for (int i = 0; i < 200; ++i) yaml += "---\naction: repeat\n";
  Limits limits;
  limits.max_yaml_nodes = 500;
  EXPECT_EQ(problems(yaml, limits).size(), 1U);
}

// A file without actions has been measured by its reader: its size is not counted again.
TEST(Collection, PlainDocumentsAreNotCountedAgain) {
  Limits limits;
  limits.max_yaml_nodes = 1;
  EXPECT_TRUE(problems("a: 1\n---\nb: 2\n", limits).empty());
}

TEST(Collection, MergingWideMappingsTakesLinearTime) {
  std::string yaml = "action: global\n";
  for (int i = 0; i < 30'000; ++i) yaml += "k" + std::to_string(i) + ": 1\n";
  yaml += "---\n";
  for (int i = 15'000; i < 45'000; ++i) yaml += "k" + std::to_string(i) + ": 2\n";
  LoadReport report;
  auto documents = text::parse_yaml_stream(yaml, "r.yml").documents;
  const auto begin = std::chrono::steady_clock::now();
  const auto left = carry_out_actions(std::move(documents), "r.yml", kDefaultLimits, report);
  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].members.size(), 45'000U);
  EXPECT_EQ(left[0].members[14'999].second.text, "1");
  EXPECT_EQ(left[0].members[15'000].second.text, "2");
  EXPECT_LT(took, std::chrono::seconds(2)) << "a look-up a key, not a walk";
}

// The definition, recursive and plain: what `over` has goes over what `under` has.
text::YamlNode merged_plainly(const text::YamlNode& under, const text::YamlNode& over) {
  if (!under.is_mapping() || !over.is_mapping()) return over;
  text::YamlNode result = under;
  result.members.clear();
  for (const auto& [key, value] : under.members) {
    const text::YamlNode* other = over.find(key.text);
    result.members.emplace_back(key, other == nullptr ? value : merged_plainly(value, *other));
  }
  for (const auto& [key, value] : over.members)
    if (under.find(key.text) == nullptr) result.members.emplace_back(key, value);
  return result;
}

std::string as_text(const text::YamlNode& node) {
  if (node.is_scalar()) return node.text;
  std::string text = "{";
  for (const auto& [key, value] : node.members) text += key.text + ": " + as_text(value) + ", ";
  return text + "}";
}

std::string random_mapping(std::mt19937& random, int depth) {
  std::string text = "{";
  for (const char* key : {"a", "b", "c"}) {
    if (random() % 3 == 0) continue;
    text += std::string(key) + ": ";
    text += depth > 0 && random() % 2 == 0 ? random_mapping(random, depth - 1)
                                           : std::to_string(random() % 10);
    text += ", ";
  }
  return text + "}";
}

TEST(Collection, MergesAsTheDefinitionDoes) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    const std::string under = random_mapping(random, 3);
    const std::string over = random_mapping(random, 3);
    const auto repeat = over == "{}" ? "{action: repeat}" : "{action: repeat, " + over.substr(1);
    LoadReport report;
    const auto documents =
        carry_out_actions(text::parse_yaml_stream(under + "\n---\n" + repeat, "r.yml").documents,
                          "r.yml", kDefaultLimits, report);
    ASSERT_EQ(documents.size(), 2U) << under << over;
    EXPECT_EQ(as_text(documents[1]), as_text(merged_plainly(*text::parse_yaml(under, "r.yml"),
                                                            *text::parse_yaml(over, "r.yml"))))
        << under << " under " << over;
  }
}

}  // namespace
}  // namespace nepho::sigma
