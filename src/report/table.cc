// Cells are made safe and split into lines first; then the widths are known; then each row is as
// high as its highest cell. All widths are columns of the screen (text/display_width.h), never
// bytes.
#include "report/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/printable.h"
#include "report/wrap.h"
#include "text/display_width.h"
#include "text/escape.h"

namespace nepho::report {
namespace {

constexpr std::size_t kGap = 2;              // blanks between columns
constexpr std::size_t kNarrowestWrap = 8;    // a wrapped column narrower than this is unreadable
constexpr std::size_t kMaxCellBytes = 4096;  // longer text from outside is cut with "..."

// The lines of a cell, safe for a terminal.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(printable(text.substr(0, end), kMaxCellBytes));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::size_t widest(const std::vector<std::string>& lines) {
  std::size_t width = 0;
  for (const auto& line : lines) width = std::max(width, text::display_width(line));
  return width;
}

using Lines = std::vector<std::string>;

// How narrow each column may get: in a first round no word is broken, in a second only this holds.
std::vector<std::size_t> least_widths(const std::vector<Column>& columns,
                                      const std::vector<std::size_t>& longest_words,
                                      bool keeps_words) {
  std::vector<std::size_t> least;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t narrowest = std::max(kNarrowestWrap, text::display_width(columns[i].title));
    least.push_back(keeps_words ? std::max(narrowest, longest_words[i]) : narrowest);
  }
  return least;
}

// Takes columns from the widest wrapping column until the whole fits, or none can give more.
void shrink(std::vector<std::size_t>& widths, const std::vector<Column>& columns,
            const std::vector<std::size_t>& least, std::size_t room) {
  std::size_t total = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  while (total > room) {
    std::size_t* widest_one = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (!columns[i].may_wrap || widths[i] <= least[i]) continue;
      if (widest_one == nullptr || widths[i] > *widest_one) widest_one = &widths[i];
    }
    if (widest_one == nullptr) return;
    --*widest_one;
    --total;
  }
}

std::string_view color_code(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "";
    case Tone::kStrong: return "\x1b[1m";
    case Tone::kFaint: return "\x1b[2m";
    case Tone::kGood: return "\x1b[32m";
    case Tone::kMiddling: return "\x1b[33m";
    case Tone::kBad: return "\x1b[31m";
    case Tone::kInformation: return "\x1b[36m";
  }
  return "";
}

// Lays one table out; made for one call of to_text().
class Layout {
 public:
  Layout(const Table& table, const TextStyle& style) : table_(table), style_(style) {
    for (const auto& column : table.columns()) {
      widths_.push_back(text::display_width(column.title));
    }
    for (const auto& row : table.rows()) {
      cells_.emplace_back();
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        cells_.back().push_back(lines_of(row[i].text));
        widths_[i] = std::max(widths_[i], widest(cells_.back().back()));
      }
    }
    if (style.width != 0 && !widths_.empty()) fit();
  }

  std::string text() {
    // Titles and the rule under them are lines like the others, with tones of their own.
    std::vector<Cell> titles;
    std::vector<Cell> rules;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      titles.emplace_back(table_.columns()[i].title, Tone::kStrong);
      std::string rule;
      for (std::size_t n = 0; n < widths_[i]; ++n) rule += "\u2500";
      rules.emplace_back(rule, Tone::kFaint);
    }
    add_line(titles, [&](std::size_t i) { return titles[i].text; });
    add_line(rules, [&](std::size_t i) { return rules[i].text; });
    for (std::size_t row = 0; row < cells_.size(); ++row) add_row(row);
    return std::move(out_);
  }

 private:
  // Brings the widths down to the room there is.
  void fit() {
    std::vector<std::size_t> words(widths_.size(), 0);
    for (const auto& row : cells_) {
      for (std::size_t i = 0; i < row.size(); ++i)
        words[i] = std::max(words[i], longest_word(row[i]));
    }
    for (const bool keeps_words : {true, false}) {
      shrink(widths_, table_.columns(), least_widths(table_.columns(), words, keeps_words),
             style_.width);
    }
  }

  // A row of the table: as many lines as its highest cell needs.
  void add_row(std::size_t row) {
    std::vector<Lines> wrapped;
    std::size_t height = 1;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      wrapped.push_back(wrap(cells_[row][i], widths_[i]));
      height = std::max(height, wrapped.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      add_line(table_.rows()[row], [&](std::size_t i) {
        return line < wrapped[i].size() ? wrapped[i][line] : std::string();
      });
    }
  }

  // One line of the screen: `text_of(column)` in the tone of `cells`.
  template <typename TextOf>
  void add_line(const std::vector<Cell>& cells, const TextOf& text_of) {
    std::size_t blanks = 0;  // held back, so that no line ends in them
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      if (i != 0) blanks += kGap;
      const std::string text = text_of(i);
      const std::size_t width = text::display_width(text);
      const std::size_t fill = widths_[i] > width ? widths_[i] - width : 0;
      const bool is_right = table_.columns()[i].align == Align::kRight;
      if (is_right) blanks += fill;
      if (!text.empty()) {
        out_.append(blanks, ' ');
        blanks = 0;
        out_ += in_tone(text, cells[i].tone, style_.has_color);
      }
      if (!is_right) blanks += fill;
    }
    out_ += '\n';
  }

  const Table& table_;
  const TextStyle& style_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<Lines>> cells_;
  std::string out_;
};

// Markdown takes HTML, so that is escaped first; then the signs that Markdown itself would read
// (CommonMark 2.4: a backslash before punctuation is that sign).
std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const auto& line : lines_of(text)) {
    if (!out.empty()) out += "<br>";
    for (const char c : text::html_text(line)) {
      constexpr std::string_view kMarkup = "\\`*_|[]";
      if (kMarkup.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace

void Table::add_row(std::vector<Cell> row) {
  CHECK(row.size() <= columns_.size());
  row.resize(columns_.size());
  rows_.push_back(std::move(row));
}

std::string in_tone(std::string_view text, Tone tone, bool has_color) {
  if (!has_color || tone == Tone::kPlain || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", color_code(tone), text);
}

std::string to_text(const Table& table, const TextStyle& style) {
  return Layout(table, style).text();
}

std::string to_markdown(const Table& table) {
  std::string out = "|";
  for (const auto& column : table.columns())
    out += fmt::format(" {} |", markdown_cell(column.title));
  out += "\n|";
  for (const auto& column : table.columns()) {
    out += column.align == Align::kRight ? " ---: |" : " --- |";
  }
  out += '\n';
  for (const auto& row : table.rows()) {
    out += '|';
    for (const auto& cell : row) out += fmt::format(" {} |", markdown_cell(cell.text));
    out += '\n';
  }
  return out;
}

std::string to_csv(const Table& table) {
  std::string out;
  const auto add = [&out](std::size_t index, std::string_view text) {
    if (index != 0) out += ',';
    out += text::csv_cell(text);
  };
  for (std::size_t i = 0; i < table.columns().size(); ++i) add(i, table.columns()[i].title);
  out += "\r\n";
  for (const auto& row : table.rows()) {
    for (std::size_t i = 0; i < row.size(); ++i) add(i, row[i].text);
    out += "\r\n";
  }
  return out;
}

}  // namespace nepho::report
