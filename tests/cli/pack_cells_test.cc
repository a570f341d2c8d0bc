// Every cell of AWS and Kubernetes is proven by three procedures or more, or stands in
// docs/blind-spots.md with the reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/support/pack_workspace.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using Cells = std::set<std::string>;  // "aws T1119"

// The first column of the page's tables under the headings "AWS" and "Kubernetes", those with the
// column "why no more".
Cells listed() {
  Cells cells;
  std::string provider;
  bool is_table = false;
  std::istringstream page(contents_of(source_folder() / "docs/blind-spots.md"));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) {
      provider = line == "## AWS" ? "aws" : line == "## Kubernetes" ? "kubernetes" : "";
    }
    if (!line.starts_with("|")) is_table = false;
    if (line.ends_with("| why no more |")) is_table = true;
    if (provider.empty() || !is_table || !line.starts_with("| T")) continue;
    std::istringstream techniques(line.substr(1, line.find('|', 1) - 1));
    for (std::string id; techniques >> id;) {
      if (id.ends_with(',')) id.pop_back();
      cells.insert(provider + " " + id);
    }
  }
  return cells;
}

TEST(PackCells, EachIsProvenThreeTimesOrListedWithTheReason) {
  const TemporaryFolder folder;
  folder.write("nephometer.yml", kPackWorkspace);
  const RunOptions there{.folder = folder.path()};
  const auto validated = run_nepho({"validate"}, there);
  ASSERT_EQ(validated.exit_code, 0) << validated.err;
  const auto coverage = run_nepho({"coverage", "--format", "json"}, there);
  const auto document = text::JsonDocument::parse(coverage.out);
  ASSERT_TRUE(document) << coverage.err;

  Cells unproven;
  std::size_t num_cells = 0;
  for (const auto& cell : document->root().find("cells")->children()) {
    const std::string provider(cell.string_at("provider"));
    if (provider != "aws" && provider != "kubernetes") continue;
    if (cell.string_at("applicable") == "no") continue;
    ++num_cells;
    const bool is_proven = cell.string_at("state") == "exercised" &&
                           std::stoi(std::string(cell.find("procedures")->text())) >= 3;
    if (!is_proven) unproven.insert(provider + " " + std::string(cell.string_at("technique")));
  }
  EXPECT_GT(num_cells, 100U);
  EXPECT_EQ(unproven, listed());
}

}  // namespace
}  // namespace nepho::tests
