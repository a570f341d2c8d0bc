// The pack against its own procedures, as a user would try it: every rule fires on the telemetry of
// some procedure and is quiet on what looks like it, and every procedure raises a finding with its
// technique.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "tests/support/pack_workspace.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::IsEmpty;
using Names = std::set<std::string>;

// What fired on one procedure: rules by id, and the techniques they name.
struct Played {
  std::string technique;
  Names on_attack;
  Names on_lookalike;
  Names techniques;  // of the rules that fired on the attack
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

text::JsonDocument json_of(const std::string& line) {
  auto document = text::JsonDocument::parse(line);
  EXPECT_TRUE(document) << line;
  return std::move(*document);
}

constexpr std::string_view kLogs = "logs/";

// A record's file below the folder of the simulation, and its line.
using Spot = std::pair<std::string, std::string>;

class PackProcedures : public testing::Test {
 protected:
  // Plays everything once; the tests only look at what came of it.
  static void SetUpTestSuite() {
    const TemporaryFolder folder;
    folder.write("nephometer.yml", kPackWorkspace);
    const auto simulated =
        run_nepho({"simulate", "--lookalikes", "--labels", "labels.tsv", "-o", "logs"},
                  {.folder = folder.path()});
    ASSERT_EQ(simulated.exit_code, 0) << simulated.err;
    const auto detected = run_nepho({"detect", "--duplicates", "keep", "--fold", "off", "--format",
                                     "ndjson", "--no-event", "logs"},
                                    {.folder = folder.path()});
    ASSERT_EQ(detected.exit_code, 0) << detected.err;
    const auto findings = findings_by_spot(detected.out);
    for (const std::string& row : split(contents_of(folder.path() / "labels.tsv"), '\n'))
      add(split(row, '\t'), findings);
    for (const std::string& line :
         split(run_nepho({"map", "--format", "ndjson"}, {.folder = folder.path()}).out, '\n'))
      if (const auto rule = json_of(line); !rule.root().find("feeds_only"))
        pack.insert(std::string(rule.root().string_at("id")));
  }

  // Rule ids with their techniques, by where the event stands.
  using Findings = std::multimap<Spot, std::pair<std::string, Names>>;

  static Findings findings_by_spot(const std::string& ndjson) {
    Findings findings;
    for (const std::string& line : split(ndjson, '\n')) {
      const text::JsonDocument document = json_of(line);
      Names techniques;
      for (const auto& technique : document.root().find("techniques")->children())
        techniques.emplace(technique.text());
      for (const auto& event : document.root().find("events")->children()) {
        const std::string file(event.string_at("file"));
        findings.emplace(
            Spot{file.substr(file.find(kLogs) + kLogs.size()), event.find("line")->text()},
            std::pair{std::string(document.root().find("rule")->string_at("id")), techniques});
      }
    }
    return findings;
  }

  // One row: kind, source, provider, file, lines, techniques, "procedure[: look-alike]".
  static void add(const std::vector<std::string>& row, const Findings& findings) {
    if (row.size() < 7 || row[0] == "kind") return;
    Played& procedure = played[row[6].substr(0, row[6].find(':'))];
    if (row[0] == "attack") procedure.technique = row[5];
    for (const std::string& line : split(row[4], ',')) {
      const auto [begin, end] = findings.equal_range({row[3], line});
      for (auto at = begin; at != end; ++at) {
        const auto& [rule, techniques] = at->second;
        (row[0] == "attack" ? procedure.on_attack : procedure.on_lookalike).insert(rule);
        if (row[0] == "attack") procedure.techniques.insert(techniques.begin(), techniques.end());
      }
    }
  }

  static inline std::map<std::string, Played> played;
  static inline Names pack;
};

TEST_F(PackProcedures, EveryRuleFiresOnAProcedureAndNotOnWhatLooksLikeIt) {
  Names silent = pack;
  Names loud = pack;  // only ever together with a look-alike
  for (const auto& [id, procedure] : played) {
    for (const std::string& rule : procedure.on_attack) {
      silent.erase(rule);
      if (!procedure.on_lookalike.contains(rule)) loud.erase(rule);
    }
  }
  EXPECT_GT(pack.size(), 100U);
  EXPECT_THAT(silent, IsEmpty());
  EXPECT_THAT(loud, IsEmpty());
}

TEST_F(PackProcedures, EveryProcedureRaisesAFindingWithItsTechnique) {
  Names missed;
  Names also_benign;
  for (const auto& [id, procedure] : played) {
    if (!procedure.techniques.contains(procedure.technique)) missed.insert(id);
    for (const std::string& rule : procedure.on_attack) {
      if (procedure.on_lookalike.contains(rule)) also_benign.insert(id + " " + rule);
    }
  }
  EXPECT_THAT(missed, IsEmpty());
  EXPECT_THAT(also_benign, IsEmpty());
}

TEST_F(PackProcedures, ThereAreThreeWaysOfEachTechnique) {
  // Of each provider: the procedure's id begins with it.
  std::map<std::string, std::size_t> ways;
  for (const auto& [id, procedure] : played) {
    ++ways[id.substr(0, id.find('.')) + " " + procedure.technique];
  }
  for (const auto& [technique, count] : ways) EXPECT_GE(count, 3U) << technique;
}

}  // namespace
}  // namespace nepho::tests
