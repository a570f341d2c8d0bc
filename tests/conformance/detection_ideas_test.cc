// A survey of what public rules look for, technique by technique: whatever it calls fully visible
// in the audit logs of AWS and Kubernetes is played by the pack's procedures, or
// docs/blind-spots.md names it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/knowledge.h"
#include "exercise/operations.h"
#include "exercise/procedure.h"
#include "tests/support/program.h"
#include "tests/support/shared_data.h"

namespace nepho::tests {
namespace {

using ::testing::IsEmpty;

// Technique and provider of the rows "full"; the columns are 3 (technique of version 19), 5, 9.
std::set<std::pair<std::string, std::string>> fully_visible(const std::filesystem::path& file) {
  std::set<std::pair<std::string, std::string>> rows;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() < 9 || cells[8] != "full") continue;
    if (cells[4] == "aws") rows.emplace(cells[2], "aws");
    if (cells[4] == "k8s") rows.emplace(cells[2], "kubernetes");
  }
  return rows;
}

TEST(DetectionIdeas, OfWhatIsFullyVisibleEachIsPlayedOrListed) {
  const auto file = shared_data("data/facts/detection_ideas.tsv");
  if (!file) GTEST_SKIP() << kNoSharedData;
  const auto rows = fully_visible(*file);
  ASSERT_GT(rows.size(), 100U);

  const Knowledge knowledge;
  LoadReport report;
  const auto operations = exercise::Operations::load(knowledge, report);
  std::set<std::pair<std::string, std::string>> played;
  for (const auto& procedure : exercise::load_procedures(knowledge, operations, report)) {
    const std::string& technique = procedure.facts.technique;
    played.emplace(technique, procedure.facts.provider);
    played.emplace(technique.substr(0, technique.find('.')), procedure.facts.provider);
  }
  const std::string page = contents_of(source_folder() / "docs/blind-spots.md");
  std::set<std::string> missing;
  for (const auto& [technique, provider] : rows) {
    const bool is_listed = page.find(technique + " ") != std::string::npos ||
                           page.find(technique + ",") != std::string::npos ||
                           page.find(technique + ")") != std::string::npos;
    if (!played.contains({technique, provider}) && !is_listed)
      missing.insert(provider + " " + technique);
  }
  EXPECT_THAT(missing, IsEmpty());
}

}  // namespace
}  // namespace nepho::tests
