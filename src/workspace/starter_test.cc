#include "workspace/starter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "text/yaml.h"
#include "workspace/read.h"

namespace nepho::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Known kKnown{.providers = {"aws", "gcp", "entra", "m365", "azure"},
                   .log_sources = {"aws.cloudtrail"}};

// Reads the text back; what the program would say of it fails the test. A log source may be
// unknown: that is a warning.
Workspace read_back(const std::string& text) {
  LoadReport report;
  Workspace workspace = parse_workspace(text, "w", kKnown, report);
  for (const auto& problem : report.problems()) {
    if (problem.severity == Severity::kError) ADD_FAILURE() << to_string(problem) << '\n' << text;
  }
  return workspace;
}

TEST(StarterText, WithoutWordsShowsEverySectionAsAnExample) {
  const std::string text = starter_text({});
  for (const char* section : {"organisation:", "providers:", "log_sources:", "detections:",
                              "prevention:", "accepted:", "placeholders:", "filters:"}) {
    EXPECT_THAT(text, HasSubstr(section));
  }
  const Workspace workspace = read_back(text);
  EXPECT_EQ(workspace.organisation.name, "Example");
  EXPECT_TRUE(workspace.providers.empty());    // all count
  EXPECT_TRUE(workspace.log_sources.empty());  // none listed
  EXPECT_EQ(workspace.detections.at(0).pack, "builtin");
}

TEST(StarterText, WhatWasToldIsFilledIn) {
  const Workspace workspace = read_back(starter_text({.name = "Kittiwake",
                                                      .sectors = {"transportation", "energy"},
                                                      .countries = {"NO"},
                                                      .domains = {"kittiwake.example"},
                                                      .networks = {"203.0.113.0/24"},
                                                      .providers = {"aws", "m365"},
                                                      .log_sources = {"aws.cloudtrail"},
                                                      .rule_paths = {"rules/", "../siem"}}));
  EXPECT_EQ(workspace.organisation.name, "Kittiwake");
  EXPECT_THAT(workspace.organisation.sectors, ElementsAre("transportation", "energy"));
  EXPECT_THAT(workspace.organisation.countries, ElementsAre("NO"));
  EXPECT_THAT(workspace.organisation.domains, ElementsAre("kittiwake.example"));
  EXPECT_THAT(workspace.organisation.networks, ElementsAre("203.0.113.0/24"));
  EXPECT_NE(workspace.find_provider("aws"), nullptr);
  EXPECT_NE(workspace.find_provider("m365"), nullptr);
  EXPECT_DOUBLE_EQ(workspace.find_log_source("aws.cloudtrail")->coverage, 1);
  ASSERT_EQ(workspace.detections.size(), 2U);
  EXPECT_EQ(workspace.detections[0].path, "w/rules/");
  EXPECT_EQ(workspace.detections[1].path, "siem");
}

// NO is a country here; an unquoted `no` is a boolean to many readers of YAML.
TEST(StarterText, QuotesWhatOtherReadersOfYamlWouldTakeForSomethingElse) {
  EXPECT_THAT(starter_text({.countries = {"NO"}}), HasSubstr("countries: [\"NO\"]"));
}

TEST(StarterText, ShowsWhatMayBeSaidOfEachProvider) {
  EXPECT_THAT(starter_text({.providers = {"aws"}}), HasSubstr("# account_ids:"));
  EXPECT_THAT(starter_text({.providers = {"azure"}}), HasSubstr("# subscription_ids:"));
  EXPECT_THAT(starter_text({.providers = {"entra"}}), HasSubstr("# tenant_ids:"));
  EXPECT_THAT(starter_text({.providers = {"gcp"}}), HasSubstr("# project_ids:"));
  EXPECT_THAT(starter_text({.providers = {"m365"}}), Not(HasSubstr("# account_ids:")));
}

TEST(StarterText, NoLineIsTooLongToRead) {
  const std::string text = starter_text({.providers = {"aws", "azure", "entra", "gcp"}});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 100U) << text.substr(at, end - at);
    EXPECT_FALSE(text[end - 1] == ' ') << text.substr(at, end - at);
    at = end + 1;
  }
  EXPECT_TRUE(text.ends_with('\n'));
}

// --log-source takes any word: one with a sign of YAML in it must not become structure.
TEST(StarterText, AnIdWithSignsOfYamlStaysOneKey) {
  for (const char* id : {"a: b", "#x", "- a", "{a", "'", "\"", "a\nb", "*a", "&a", "?", "", "~"}) {
    const Workspace workspace = read_back(starter_text({.log_sources = {id}}));
    ASSERT_EQ(workspace.log_sources.size(), 1U) << id;
    EXPECT_EQ(workspace.log_sources[0].id, id);
  }
}

// Whatever the texts hold, the file reads back to them.
TEST(StarterText, AnyTextReadsBackAsItself) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces{"a",
                                        "B",
                                        "0",
                                        " ",
                                        "\"",
                                        "'",
                                        "\\",
                                        "#",
                                        ":",
                                        "-",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ",",
                                        "&",
                                        "*",
                                        "!",
                                        "|",
                                        ">",
                                        "%",
                                        "@",
                                        "`",
                                        "\n",
                                        "\t",
                                        "\r",
                                        "\x01",
                                        "\x7f",
                                        "é",
                                        "\xe2\x80\xa8",
                                        "雲",
                                        "🌥",
                                        "---",
                                        "...",
                                        "~",
                                        "\xc2\x85",
                                        "\xef\xbb\xbf",
                                        "null",
                                        "<<"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (auto n = 1 + random() % 8; n != 0; --n) text += pieces[random() % pieces.size()];
    const Workspace workspace = read_back(
        starter_text({.name = text, .sectors = {text, "b"}, .domains = {text}, .rule_paths = {}}));
    ASSERT_EQ(workspace.organisation.name, text);
    ASSERT_THAT(workspace.organisation.sectors, ElementsAre(text, "b"));
    ASSERT_THAT(workspace.organisation.domains, ElementsAre(text));
  }
}

}  // namespace
}  // namespace nepho::workspace
