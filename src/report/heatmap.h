// The matrix as it is drawn: tactics as columns, techniques as blocks with their sub-techniques.
// The picture and the page are both made from this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/coverage.h"

namespace nepho::report {

// One technique or sub-technique. `cell` is null for a parent that is no technique of the cloud
// and stands only to hold its sub-techniques together.
struct Tile {
  attack::TechniqueId id;
  std::string name;
  const coverage::Cell* cell = nullptr;
};

struct TechniqueBlock {
  Tile technique;
  std::vector<Tile> subtechniques;
};

struct TacticColumn {
  std::string id;  // "TA0003"
  std::string name;
  std::vector<TechniqueBlock> blocks;  // by name, as in ATT&CK's matrix
  coverage::Share paper;               // of the tiles whose technique is known to apply
};

// Points into the coverage that it was made from.
struct Heatmap {
  std::string provider;  // empty: the weakest provider of each technique
  std::string title;     // "AWS", "All providers, the weakest each"
  std::vector<TacticColumn> columns;
  std::size_t num_not_applicable = 0;  // techniques of the matrix that are not drawn
};

// The cells of one provider; what does not apply there is left out. An empty `provider` shows for
// each technique the weakest of those it applies to.
Heatmap heatmap_of(const coverage::Coverage& coverage, std::string_view provider);

// "T1078.004 Cloud Accounts, AWS: mapped, 2 rules, fired 12 times": what a tile says in words, to a
// screen reader and a mouse that rests on it.
std::string tile_in_words(const coverage::Coverage& coverage, const Tile& tile);

}  // namespace nepho::report
