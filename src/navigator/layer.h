// An ATT&CK Navigator layer as a plain value: every field that format 4.5 knows, and nothing else.
//
// The defaults here are those of the Navigator's code (5.x), not of its specification, where the
// two differ: what a file leaves out is what the Navigator would show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::navigator {

// A name and value, or label and url; a divider has neither.
struct Pair {
  std::string name;
  std::string value;
  bool is_divider = false;
  bool operator==(const Pair&) const = default;
};

// What a layer says of one technique, in one tactic or in all that it has.
struct TechniqueEntry {
  std::string technique_id;  // as the file has it; may be retired
  std::string tactic;        // shortname; empty means all tactics of the technique
  std::string comment;
  std::string color;            // "#rrggbb", or "" to follow the score
  std::optional<double> score;  // none is "unscored", which is not 0
  bool enabled = true;
  bool show_subtechniques = false;
  std::vector<Pair> metadata;
  std::vector<Pair> links;
  bool operator==(const TechniqueEntry&) const = default;
};

// The colours that scores from `min_value` to `max_value` have, evenly spread: "#rrggbb". (Two
// digits more, for opacity, are kept, and the Navigator shows the colour opaque.) What is read has
// two colours or more, and a range.
struct Gradient {
  std::vector<std::string> colors;
  double min_value = 0;
  double max_value = 100;
  bool operator==(const Gradient&) const = default;
};

// A colour and what it means; the Navigator makes none by itself.
struct LegendItem {
  std::string label;
  std::string color;
  bool operator==(const LegendItem&) const = default;
};

// How the matrix is drawn. The words are those of the format (read_layer.cc has the sets).
struct Layout {
  // Where sub-techniques stand: beside their parent ("side"), below it ("flat"), or all as squares
  // without words ("mini").
  std::string layout = "side";
  // How the scores of a technique and its sub-techniques become one: "average", "min", "max",
  // "sum".
  std::string aggregate_function = "average";
  // Which techniques show their subs at first: "none", "annotated" (with a score, colour or comment
  // below), "all".
  std::string expanded_subtechniques = "none";
  bool show_id = false;
  bool show_name = true;
  bool show_aggregate_scores = false;
  bool count_unscored = false;  // in the average, as 0
  bool operator==(const Layout&) const = default;
};

// What the layer was made for. The Navigator offers to bring one of an older ATT&CK up to date.
struct Versions {
  std::string attack;     // "19"; empty where the file does not say
  std::string navigator;  // "5.1.0"
  std::string layer;      // "4.5"
  bool operator==(const Versions&) const = default;
};

// One layer: the techniques it annotates, how they are shown, and what is said about all of it.
// Lists keep the order of the file. A plain value; reading and writing it are in read_layer.h and
// write_layer.h.
struct Layer {
  std::string name;
  Versions versions;
  std::string domain = "enterprise-attack";
  std::string description;
  std::string custom_data_url;
  std::vector<std::string> platforms;  // of the filter; empty means no filter
  int sorting = 0;                     // 0 name up, 1 name down, 2 score up, 3 score down
  std::optional<Layout> layout;
  bool hide_disabled = false;  // entries that are not `enabled` are left out, not greyed
  std::vector<TechniqueEntry> techniques;
  std::optional<Gradient> gradient;
  std::vector<LegendItem> legend;
  bool show_tactic_row_background = false;
  std::string tactic_row_background = "#dddddd";
  bool select_techniques_across_tactics = true;
  bool select_subtechniques_with_parent = false;
  bool select_visible_techniques = false;
  std::vector<Pair> metadata;
  std::vector<Pair> links;
  bool operator==(const Layer&) const = default;
};

}  // namespace nepho::navigator
