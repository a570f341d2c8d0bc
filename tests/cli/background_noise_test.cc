// The pack on ordinary work, with nothing filled in: how loud it is, and that no single rule makes
// most of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kRecords = 10'000;  // a full day
// The bounds that the pack is held to on real logs, for as many events.
constexpr std::size_t kMostLoud = 15;
constexpr std::size_t kMostLow = 100;
// Fewer findings in all say nothing of shares.
constexpr std::size_t kFewLow = 15;

struct Noise {
  std::size_t loud = 0;  // of level medium and above
  std::map<std::string, std::size_t> loud_by_rule;
  std::map<std::string, std::size_t> low_by_rule;

  std::size_t low() const {
    std::size_t sum = 0;
    for (const auto& [rule, count] : low_by_rule) sum += count;
    return sum;
  }
};

// The lines of the one attack that is played besides: simulate plays nothing without one.
std::set<std::string> attack_lines(const std::string& labels) {
  std::set<std::string> lines;
  std::istringstream rows(labels);
  for (std::string row; std::getline(rows, row);) {
    if (!row.starts_with("attack\t")) continue;
    std::istringstream cells(row);
    std::string cell;
    for (int i = 0; i < 5; ++i) std::getline(cells, cell, '\t');
    std::istringstream numbers(cell);
    while (std::getline(numbers, cell, ',')) lines.insert(cell);
  }
  return lines;
}

Noise noise_of(const std::string& findings, const std::set<std::string>& attack) {
  Noise noise;
  std::istringstream lines(findings);
  for (std::string line; std::getline(lines, line);) {
    const auto document = text::JsonDocument::parse(line);
    EXPECT_TRUE(document) << line;
    if (!document) continue;
    bool is_attack = false;
    for (const auto& event : document->root().find("events")->children()) {
      is_attack = is_attack || attack.contains(std::string(event.find("line")->text()));
    }
    if (is_attack) continue;
    const auto rule = *document->root().find("rule");
    const std::string title(rule.string_at("title"));
    const auto level = rule.string_at("level");
    if (level == "low") ++noise.low_by_rule[title];
    if (level == "low" || level == "informational") continue;
    ++noise.loud;
    ++noise.loud_by_rule[title];
  }
  return noise;
}

// What the pack says of `count` records of ordinary work drawn from `seed`, beside one procedure.
std::string findings_on(const TemporaryFolder& folder, const std::string& procedure,
                        std::size_t count, const std::string& seed,
                        const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{
      "simulate", procedure,   "--with-background", std::to_string(count),
      "--seed",   seed,        "--as-of",           "2026-11-25T17:00:00Z",
      "--labels", "labels.tsv"};
  words.insert(words.end(), more.begin(), more.end());
  const auto made = run_nepho(words, {.folder = folder.path()});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  folder.write("work.ndjson", made.out);
  const auto found = run_nepho({"detect", "--pack", "--duplicates", "keep", "--format", "ndjson",
                                "--no-event", "work.ndjson"},
                               {.folder = folder.path()});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  return found.out;
}

constexpr const char* kOnKubernetes = "kubernetes.execution.shell-in-container";
constexpr const char* kOnAws = "aws.persistence.create-user";

class BackgroundNoise : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(BackgroundNoise, IsWithinItsBoundsAndOfNoSingleRule) {
  const auto& [procedure, seed] = GetParam();
  const TemporaryFolder folder;
  const std::string findings = findings_on(folder, procedure, kRecords, seed);
  const Noise noise = noise_of(findings, attack_lines(contents_of(folder.path() / "labels.tsv")));
  for (const auto& [rule, count] : noise.loud_by_rule) {
    EXPECT_LE(noise.loud, kMostLoud) << count << " x " << rule;
  }
  const std::size_t low = noise.low();
  EXPECT_LE(low, kMostLow);
  // The background holds what looks like attacks: a pack that says nothing of it was not run.
  EXPECT_GE(low, kFewLow);
  for (const auto& [rule, count] : noise.low_by_rule) {
    EXPECT_LE(3 * count, low) << count << " of " << low << ": " << rule;
  }
}

INSTANTIATE_TEST_SUITE_P(OfADay, BackgroundNoise,
                         testing::Combine(testing::Values<std::string>(kOnKubernetes, kOnAws),
                                          testing::Values<std::string>("1", "2", "3", "4")));

// The provider's background with every occasion on every day.
void write_all_occasions(const TemporaryFolder& folder, const std::string& provider) {
  const std::string path = "operations/" + provider + "/background.yml";
  static const std::regex workdays("workdays: [0-9]+");
  folder.write("knowledge/" + path,
               std::regex_replace(contents_of(source_folder() / "knowledge" / path), workdays,
                                  "workdays: 1"));
}

// Who is behind the findings of medium and above, as "actor: rule"; of a session its role.
std::set<std::string> loud_actors(const std::string& findings) {
  std::set<std::string> actors;
  std::istringstream lines(findings);
  for (std::string line; std::getline(lines, line);) {
    const auto document = text::JsonDocument::parse(line).value();
    const auto rule = *document.root().find("rule");
    if (rule.string_at("level") == "low" || rule.string_at("level") == "informational") continue;
    actors.insert(std::string(document.root().string_at("actor")) + ": " +
                  std::string(rule.string_at("title")));
  }
  return actors;
}

// Scanners and backups are there every night and no alarm each time. Who uses what is kept for
// emergencies is one each time, by whatever right.
TEST(BackgroundOccasions, EmergenciesAreFoundAndScannersAreNot) {
  const TemporaryFolder folder;
  write_all_occasions(folder, "aws");
  write_all_occasions(folder, "kubernetes");
  const std::vector<std::string> more{"--knowledge", (folder.path() / "knowledge").string()};
  const auto on_aws = loud_actors(findings_on(folder, kOnAws, kRecords, "1", more));
  EXPECT_THAT(on_aws, Contains(EndsWith(":root: Root user signed in")));
  EXPECT_THAT(on_aws, Contains(EndsWith("user/break-glass: Administrator rights attached")));
  EXPECT_THAT(on_aws, Not(Contains(HasSubstr("security-posture-reader"))));
  EXPECT_THAT(on_aws, Not(Contains(HasSubstr("vulnerability-scanner"))));
  const auto on_kubernetes = loud_actors(findings_on(folder, kOnKubernetes, kRecords, "1", more));
  EXPECT_THAT(on_kubernetes, Contains(AllOf(StartsWith("kubernetes-admin-"),
                                            HasSubstr("run in a container of kube-system"))));
  EXPECT_THAT(on_kubernetes, Not(Contains(StartsWith("system:serviceaccount:"))));
}

}  // namespace
}  // namespace nepho::tests
