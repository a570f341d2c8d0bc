// Everything is placed on a grid of columns; there is no measuring of text in SVG, so names are
// broken by an average width of letters and cut where two lines do not hold them. What is cut
// stands whole in the tile's title.
#include "report/svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "coverage/appearance.h"
#include "text/display_width.h"
#include "text/escape.h"

namespace nepho::report {
namespace {

using coverage::Appearance;
using coverage::Coverage;
using coverage::State;

// Lengths in px. Columns fit about 17 letters beside the glyph, so that most names of ATT&CK take
// two lines at most.
constexpr int kMargin = 24;
constexpr int kColumnWidth = 128;
constexpr int kGap = 6;
constexpr int kTileHeight = 34;
constexpr int kChipWidth = 20;
constexpr int kChipHeight = 15;
constexpr int kChipGap = 2;
constexpr int kHeaderHeight = 44;
constexpr int kTitleHeight = 62;
constexpr int kLegendHeight = 40;
constexpr std::size_t kLettersPerLine = 18;
constexpr std::size_t kLettersPerHeading = 16;
constexpr int kChipsPerRow = kColumnWidth / (kChipWidth + kChipGap);

constexpr std::string_view kStyle = R"(
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
.page{fill:#fff}.ink{fill:#1b1f24}.soft{fill:#57606a}.line{stroke:#8c959f}.rule{fill:#d0d7de}
.h1{font-size:20px;font-weight:650}.h2{font-size:12px;font-weight:650}.small{font-size:11px}
.name{font-size:10px}.glyph{font-size:12px;text-anchor:middle}.chip{font-size:10px;text-anchor:middle}
.stub{fill:none;stroke:#8c959f;stroke-dasharray:2 2}.edge{stroke:#57606a;stroke-opacity:.45}
.unknown{stroke:#1b1f24;stroke-dasharray:3 2;stroke-opacity:1}
@media (prefers-color-scheme:dark){.page{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9198a1}
.rule{fill:#30363d}.edge{stroke:#9198a1}.unknown{stroke:#e6edf3}.fill-blind{fill:#161b22}.on-blind{fill:#e6edf3}}
)";

// Breaks a name at blanks into at most two lines; what does not fit ends in an ellipsis.
std::vector<std::string> two_lines(std::string_view name, std::size_t letters) {
  std::vector<std::string> lines;
  while (!name.empty()) {
    if (text::display_width(name) <= letters) {
      lines.emplace_back(name);
      break;
    }
    std::string_view line = name.substr(0, text::fitting_prefix(name, letters));
    if (lines.size() == 1) {
      line = name.substr(0, text::fitting_prefix(name, letters - 1));
      lines.push_back(std::string(line) + "…");
      break;
    }
    const std::size_t blank = line.rfind(' ');
    if (blank != std::string_view::npos && name[line.size()] != ' ') line = line.substr(0, blank);
    lines.emplace_back(line);
    name.remove_prefix(line.size());
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
  }
  return lines;
}

// Sub-techniques stand in rows of as many as fit below their technique.
int chip_rows(const TechniqueBlock& block) {
  const auto chips = static_cast<int>(block.subtechniques.size());
  return (chips + kChipsPerRow - 1) / kChipsPerRow;
}

int height_of(const TechniqueBlock& block) {
  return kTileHeight + chip_rows(block) * (kChipHeight + kChipGap) + kGap;
}

int height_of(const TacticColumn& column) {
  int height = kHeaderHeight;
  for (const TechniqueBlock& block : column.blocks) height += height_of(block);
  return height;
}

int height_of(const Heatmap& heatmap) {
  int height = 0;
  for (const TacticColumn& column : heatmap.columns) {
    height = std::max(height, height_of(column));
  }
  return kTitleHeight + height + kMargin;
}

class Picture {
 public:
  explicit Picture(const Coverage& coverage) : coverage_(coverage) {}

  std::string draw(std::span<const Heatmap> heatmaps) {
    std::size_t columns = 6;  // at least as wide as the legend
    int height = kMargin + kLegendHeight;
    for (const Heatmap& heatmap : heatmaps) {
      columns = std::max(columns, heatmap.columns.size());
      height += height_of(heatmap);
    }
    const int width = 2 * kMargin + static_cast<int>(columns) * (kColumnWidth + kGap) - kGap;
    open(heatmaps, width, height);
    int y = kMargin;
    for (const Heatmap& heatmap : heatmaps) {
      draw(heatmap, y);
      y += height_of(heatmap);
    }
    draw_legend(y);
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void text(int x, int y, std::string_view classes, std::string_view content) {
    add(R"(<text x="{}" y="{}" class="{}">{}</text>)", x, y, classes, text::html_text(content));
  }

  void open(std::span<const Heatmap> heatmaps, int width, int height) {
    std::vector<std::string> names;
    for (const Heatmap& heatmap : heatmaps) names.push_back(heatmap.title);
    add(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" )"
        R"(role="img" aria-labelledby="title description">)",
        width, height);
    add("<title id=\"title\">Detection coverage of MITRE ATT&amp;CK: {}</title>",
        text::html_text(fmt::format("{}", fmt::join(names, ", "))));
    add("<desc id=\"description\">{}</desc>", text::html_text(description(heatmaps)));
    add("<style>{}</style><rect class=\"page\" width=\"{}\" height=\"{}\"/>\n", kStyle, width,
        height);
  }

  // For who cannot see the picture: how it is laid out, and its numbers.
  std::string description(std::span<const Heatmap> heatmaps) const {
    std::string words =
        "A column for each tactic, a tile for each technique, small tiles for its "
        "sub-techniques; colour and glyph show the state.";
    for (const Heatmap& heatmap : heatmaps) words += " " + headline(heatmap) + ".";
    return words;
  }

  std::string headline(const Heatmap& heatmap) const {
    const auto found = coverage_.totals.by_provider.find(heatmap.provider);
    const coverage::Tally& tally =
        found != coverage_.totals.by_provider.end() ? found->second : coverage_.totals.cells;
    return fmt::format(
        "{}: {} of {} cells on paper ({:.1f} %), {} exercised, {} validated; {} not "
        "known to apply",
        heatmap.title, tally.paper.part, tally.paper.whole, 100 * tally.paper.ratio(),
        tally.exercised.part, tally.validated.part, tally.unknown);
  }

  // A figure: title, headline, columns.
  void draw(const Heatmap& heatmap, int top) {
    text(kMargin, top + 18, "h1 ink", heatmap.title);
    text(kMargin, top + 36, "small soft",
         fmt::format("{} · ATT&CK {} · {}", headline(heatmap), coverage_.attack_version,
                     coverage_.as_of.substr(0, coverage_.as_of.find('T'))));
    int x = kMargin;
    for (const TacticColumn& column : heatmap.columns) {
      draw(column, x, top + kTitleHeight);
      x += kColumnWidth + kGap;
    }
  }

  void draw(const TacticColumn& column, int x, int top) {
    int line = top + 11;
    for (const std::string& part : two_lines(column.name, kLettersPerHeading)) {
      text(x, line, "h2 ink", part);
      line += 13;
    }
    const std::string share = fmt::format("{}/{}", column.paper.part, column.paper.whole);
    add(R"(<text x="{}" y="{}" class="small soft" text-anchor="end">{}</text>)", x + kColumnWidth,
        top + 34, share);
    // How much of the tactic is mapped, as a bar under its name.
    add(R"(<rect class="rule" x="{}" y="{}" width="{}" height="3"/>)", x, top + 37, kColumnWidth);
    add(R"(<rect fill="{}" x="{}" y="{}" width="{:.1f}" height="3"/>)",
        coverage::appearance_of(State::kValidated).fill, x, top + 37,
        kColumnWidth * column.paper.ratio());
    out_ += '\n';
    int y = top + kHeaderHeight;
    for (const TechniqueBlock& block : column.blocks) {
      draw(block, x, y);
      y += height_of(block);
    }
  }

  // The technique's tile, and its sub-techniques below it from left to right.
  void draw(const TechniqueBlock& block, int x, int y) {
    draw_tile(block.technique, x, y);
    for (std::size_t i = 0; i < block.subtechniques.size(); ++i) {
      const int column = static_cast<int>(i) % kChipsPerRow;
      const int row = static_cast<int>(i) / kChipsPerRow;
      draw_chip(block.subtechniques[i], x + column * (kChipWidth + kChipGap),
                y + kTileHeight + kChipGap + row * (kChipHeight + kChipGap));
    }
  }

  // A title in a group is what browsers show on resting and screen readers say.
  void begin_tile(const Tile& tile) {
    add("<g><title>{}</title>", text::html_text(tile_in_words(coverage_, tile)));
  }

  // Cells that are not known to apply have a dashed edge, which prints and needs no colour.
  void box(const Tile& tile, int x, int y, int width, int height) {
    if (tile.cell == nullptr) {
      add(R"(<rect class="stub" x="{}.5" y="{}.5" width="{}" height="{}" rx="3"/>)", x, y,
          width - 1, height - 1);
      return;
    }
    add(R"(<rect class="edge fill-{}{}" fill="{}" x="{}.5" y="{}.5" width="{}" height="{}" rx="3"/>)",
        coverage::to_string(tile.cell->state), tile.cell->counts() ? "" : " unknown",
        look_of(tile).fill, x, y, width - 1, height - 1);
  }

  static const Appearance& look_of(const Tile& tile) {
    return coverage::appearance_of(tile.cell == nullptr ? State::kNotApplicable : tile.cell->state);
  }

  // Attributes of text on the tile: its colour is the fill's partner; on no fill, the page's ink.
  static std::string on(const Tile& tile, std::string_view classes) {
    if (tile.cell == nullptr) return fmt::format("class=\"{} soft\"", classes);
    return fmt::format("class=\"{} on-{}\" fill=\"{}\"", classes,
                       coverage::to_string(tile.cell->state), look_of(tile).text);
  }

  void draw_tile(const Tile& tile, int x, int y) {
    begin_tile(tile);
    box(tile, x, y, kColumnWidth, kTileHeight);
    add(R"(<text x="{}" y="{}" {}>{}</text>)", x + 11, y + 21, on(tile, "glyph"),
        look_of(tile).glyph);
    const auto lines = two_lines(tile.name, kLettersPerLine);
    int baseline = y + (lines.size() == 1 ? 21 : 15);
    for (const std::string& line : lines) {
      add(R"(<text x="{}" y="{}" {}>{}</text>)", x + 22, baseline, on(tile, "name"),
          text::html_text(line));
      baseline += 12;
    }
    out_ += "</g>\n";
  }

  void draw_chip(const Tile& tile, int x, int y) {
    begin_tile(tile);
    box(tile, x, y, kChipWidth, kChipHeight);
    add(R"(<text x="{}" y="{}" {}>{}</text></g>)", x + kChipWidth / 2, y + 11, on(tile, "chip"),
        look_of(tile).glyph);
    out_ += '\n';
  }

  // Labels have about six pixels a letter at this size; a guess that holds for the fonts named.
  void draw_legend(int y) {
    int x = kMargin;
    for (const State state : coverage::kStatesBestFirst) {
      if (state == State::kNotApplicable) continue;
      const Appearance& look = coverage::appearance_of(state);
      add(R"(<g><title>{}: {}</title><rect class="edge fill-{}" fill="{}" x="{}.5" y="{}.5" )"
          R"(width="18" height="13" rx="3"/>)",
          look.label, look.meaning, coverage::to_string(state), look.fill, x, y);
      add(R"(<text class="chip on-{}" fill="{}" x="{}" y="{}">{}</text>)",
          coverage::to_string(state), look.text, x + 9, y + 11, look.glyph);
      text(x + 24, y + 11, "small ink", look.label);
      out_ += "</g>\n";
      x += 42 + static_cast<int>(look.label.size()) * 6;
    }
    text(x, y + 11, "small soft", "dashed edge: not known to apply");
  }

  const Coverage& coverage_;
  std::string out_;
};

}  // namespace

std::string to_svg(const Coverage& coverage, std::span<const Heatmap> heatmaps) {
  return Picture(coverage).draw(heatmaps);
}

}  // namespace nepho::report
