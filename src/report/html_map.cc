// The matrix on the page, one map a provider, switched by radio buttons: no script is needed.
#include <fmt/format.h>

#include "coverage/appearance.h"
#include "report/heatmap.h"
#include "report/html_parts.h"

namespace nepho::report {
namespace {

using coverage::Appearance;
using coverage::Coverage;
using coverage::State;

// The weakest of all comes first, since a team is as blind as its weakest cloud; for a single
// provider it would be the same map twice.
std::vector<Heatmap> maps_of(const Coverage& coverage) {
  std::vector<Heatmap> maps;
  if (coverage.providers.size() > 1) maps.push_back(heatmap_of(coverage, ""));
  for (const auto& provider : coverage.providers) {
    maps.push_back(heatmap_of(coverage, provider.id));
  }
  return maps;
}

// The state's colour comes from the page's style, by its name.
std::string classes(std::string_view shape, const Tile& tile) {
  if (tile.cell == nullptr) return fmt::format("{} stub", shape);
  return fmt::format("{} s-{}{}", shape, coverage::to_string(tile.cell->state),
                     tile.cell->counts() ? "" : " unknown");
}

// A tile leads to the reasons of its cell; a parent that only holds others together leads nowhere.
void write_tile(HtmlWriter& page, const Coverage& coverage, const Tile& tile, bool is_chip) {
  const std::string words = tile_in_words(coverage, tile);
  const std::string look = classes(is_chip ? "chip" : "tile", tile);
  if (tile.cell == nullptr) {
    page.open("span", {{"class", look}, {"title", words}})
        .element("i", {{"aria-hidden", "true"}}, " ");
    page.element("span", tile.name).close();
    return;
  }
  const std::string target = "#" + cell_anchor(*tile.cell);
  const std::string_view glyph = coverage::appearance_of(tile.cell->state).glyph;
  page.open("a", {{"class", look}, {"href", target}, {"title", words}, {"aria-label", words}});
  if (is_chip) {
    page.text(glyph);
  } else {
    page.element("i", {{"aria-hidden", "true"}}, glyph).element("span", tile.name);
  }
  page.close();
}

// A list in a list, so that a screen reader says how many techniques there are and what is a sub of
// what.
void write_column(HtmlWriter& page, const Coverage& coverage, const TacticColumn& column) {
  page.open("div", {{"class", "tactic"}}).open("h4").text(column.name);
  const std::string share = fmt::format("{}/{}", column.paper.part, column.paper.whole);
  page.element("span", share).close();
  write_bar(page, column.paper, fmt::format("{}: {} mapped", column.name, share));
  page.open("ul");
  for (const TechniqueBlock& block : column.blocks) {
    page.open("li");
    write_tile(page, coverage, block.technique, false);
    if (!block.subtechniques.empty()) {
      page.open("ul", {{"class", "subs"}});
      for (const Tile& sub : block.subtechniques) {
        page.open("li");
        write_tile(page, coverage, sub, true);
        page.close();
      }
      page.close();
    }
    page.close();
  }
  page.close().close();
}

// All maps are on the page; the style shows one, and on paper each.
void write_map(HtmlWriter& page, const Coverage& coverage, const Heatmap& map,
               const std::string& id) {
  page.open("div", {{"class", "map"}, {"id", id}});
  page.element("h3", map.title);
  page.element("p", {{"class", "note"}},
               fmt::format("{} techniques of the matrix do not apply here and are left out. The "
                           "small tiles are sub-techniques; numbers are mapped of applicable.",
                           map.num_not_applicable));
  page.open("div", {{"class", "columns"}});
  for (const TacticColumn& column : map.columns) write_column(page, coverage, column);
  page.close().close();
}

// Words beside each colour and glyph: nothing on the page is told by colour alone.
void write_legend(HtmlWriter& page) {
  page.open("ul", {{"class", "legend"}});
  for (const State state : coverage::kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    page.open("li");
    write_state(page, state);
    page.text(fmt::format(" {}", coverage::appearance_of(state).meaning)).close();
  }
  page.open("li").element("span", {{"class", "state unknown"}}, "dashed edge");
  page.text(" not known to apply; outside the percentages").close().close();
}

}  // namespace

std::size_t num_maps(const Coverage& coverage) {
  return coverage.providers.size() + (coverage.providers.size() > 1 ? 1 : 0);
}

std::string cell_anchor(const coverage::Cell& cell) {
  return fmt::format("{}-{}", cell.technique.value, cell.provider);
}

void write_state(HtmlWriter& page, State state) {
  const Appearance& look = coverage::appearance_of(state);
  page.element("span", {{"class", fmt::format("state s-{}", coverage::to_string(state))}},
               fmt::format("{} {}", look.glyph, look.label));
}

void write_maps(HtmlWriter& page, const Coverage& coverage) {
  const std::vector<Heatmap> maps = maps_of(coverage);
  write_legend(page);
  page.open("div", {{"class", "maps"}});
  for (std::size_t i = 0; i < maps.size(); ++i) {
    const std::string id = fmt::format("show-{}", i);
    if (i == 0) {
      page.lone(
          "input",
          {{"class", "switch"}, {"type", "radio"}, {"name", "map"}, {"id", id}, {"checked", ""}});
    } else {
      page.lone("input", {{"class", "switch"}, {"type", "radio"}, {"name", "map"}, {"id", id}});
    }
  }
  page.open("div", {{"class", "tabs"}});
  for (std::size_t i = 0; i < maps.size(); ++i) {
    page.element("label", {{"for", fmt::format("show-{}", i)}}, maps[i].title);
  }
  page.close();
  for (std::size_t i = 0; i < maps.size(); ++i) {
    write_map(page, coverage, maps[i], fmt::format("map-{}", i));
  }
  page.close();
}

}  // namespace nepho::report
