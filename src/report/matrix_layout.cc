#include "report/matrix_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "report/wrap.h"
#include "text/display_width.h"

namespace nepho::report {
namespace {

constexpr std::size_t kUsualWidth = 80;
constexpr std::size_t kNarrowest =
    36;  // "  .004  Compute Configurations of a ..." still reads well
constexpr std::size_t kGap = 2;

// One line as it is set: already no wider than a column.
struct SetLine {
  std::string text;
  Tone tone = Tone::kPlain;
  std::size_t block = 0;
  bool is_heading = false;
};

std::vector<SetLine> set(const Block& block, std::size_t index, std::size_t width) {
  std::vector<SetLine> lines{{printable(block.heading), Tone::kInformation, index, true}};
  for (const Block::Line& line : block.lines) {
    const std::size_t indent = std::min(line.indent, width / 2);
    const std::string text = printable(line.cell.text);
    // The first piece has the full width, the others stand under its text.
    auto pieces = wrap({text}, width);
    if (pieces.size() > 1) {
      const std::string rest = text.substr(pieces.front().size());
      const std::size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
      const auto others = wrap({rest.substr(begin)}, width - indent);
      pieces.resize(1);
      for (const std::string& other : others) pieces.push_back(std::string(indent, ' ') + other);
    }
    for (std::string& piece : pieces) {
      lines.push_back({std::move(piece), line.cell.tone, index, false});
    }
  }
  return lines;
}

std::vector<std::vector<SetLine>> fill_columns(const std::vector<Block>& blocks,
                                               const std::vector<SetLine>& lines,
                                               std::size_t height, std::size_t num_columns) {
  std::vector<std::vector<SetLine>> columns(1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const SetLine& line = lines[i];
    // A heading at the foot of a column would stand there without its block.
    const std::size_t needed = line.is_heading ? 3 : 1;
    if (columns.back().size() + needed > height && columns.size() < num_columns &&
        !columns.back().empty()) {
      columns.emplace_back();
      if (!line.is_heading) {
        columns.back().push_back({printable(blocks[line.block].heading) + ", continued",
                                  Tone::kFaint, line.block, true});
      }
    }
    if (line.is_heading && !columns.back().empty()) columns.back().push_back({});
    columns.back().push_back(line);
  }
  return columns;
}

}  // namespace

std::string to_columns(const std::vector<Block>& blocks, const TextStyle& style) {
  const std::size_t total = style.width == 0 ? kUsualWidth : style.width;
  const std::size_t fitting = std::max<std::size_t>((total + kGap) / (kNarrowest + kGap), 1);
  const std::size_t width = (total - kGap * (fitting - 1)) / fitting;
  std::vector<SetLine> lines;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    auto of_block = set(blocks[i], i, width);
    std::ranges::move(of_block, std::back_inserter(lines));
  }
  const std::size_t num_lines = lines.size() + blocks.size() + fitting;
  const auto columns = fill_columns(blocks, lines, (num_lines + fitting - 1) / fitting, fitting);
  std::string out;
  std::size_t height = 0;
  for (const auto& column : columns) height = std::max(height, column.size());
  for (std::size_t row = 0; row < height; ++row) {
    std::string line;
    std::size_t blanks = 0;  // owed before the next text, so that no line ends with them
    for (const auto& column : columns) {
      const SetLine empty;
      const SetLine& cell = row < column.size() ? column[row] : empty;
      if (!cell.text.empty()) {
        line.append(blanks, ' ');
        line += in_tone(cell.text, cell.tone, style.has_color);
        blanks = 0;
      }
      blanks += width + kGap - std::min(text::display_width(cell.text), width);
    }
    out += line + "\n";
  }
  return out;
}

}  // namespace nepho::report
