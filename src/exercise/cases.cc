#include "exercise/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/printable.h"
#include "exercise/errors.h"
#include "text/nearest.h"

namespace nepho::exercise {
namespace {

constexpr std::size_t kMaxRows = 100'000;
constexpr std::size_t kMaxLines = 1'000'000;  // of one row
constexpr std::array<std::string_view, 8> kColumns{"kind",  "source",     "provider", "file",
                                                   "lines", "techniques", "case",     "procedure"};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (auto end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::vector<std::string> words(std::string_view text, char at) {
  std::vector<std::string> all;
  for (const std::string_view part : split(text, at)) {
    if (!part.empty()) all.emplace_back(part);
  }
  return all;
}

// "3,5,9"; nothing when a part is no number from 1.
std::optional<std::vector<std::uint64_t>> line_numbers(std::string_view text) {
  std::vector<std::uint64_t> lines;
  for (const std::string& part : words(text, ',')) {
    std::uint64_t line = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), line);
    if (error != std::errc{} || end != part.data() + part.size() || line == 0) return std::nullopt;
    lines.push_back(line);
    if (lines.size() > kMaxLines) return std::nullopt;
  }
  std::ranges::sort(lines);
  return lines;
}

// Relative, and nowhere upwards: a cases file comes from whoever made the logs.
bool is_inside(std::string_view path) {
  const std::filesystem::path file(path);
  return !path.empty() && file.is_relative() &&
         std::ranges::find(file, std::filesystem::path("..")) == file.end();
}

class CasesReader {
 public:
  CasesReader(const std::string& file, LoadReport& report) : file_(file), report_(report) {}

  bool read_head(std::string_view line) {
    for (const std::string_view column : split(line, '\t')) {
      if (std::ranges::find(kColumns, column) == kColumns.end()) {
        error(1, "no such column: " + escape_for_log(column), text::did_you_mean(column, kColumns));
        return false;
      }
      columns_.push_back(column);
    }
    for (const char* needed : {"kind", "file", "techniques"}) {
      if (std::ranges::find(columns_, needed) != columns_.end()) continue;
      error(1, fmt::format("expected a head line with the column '{}'", needed));
      return false;
    }
    return true;
  }

  std::optional<LabelledLines> read_row(std::string_view line, std::size_t row) {
    const auto cells = split(line, '\t');
    std::map<std::string_view, std::string_view> cell;
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
      cell[columns_[i]] = cells[i];
    }
    if (cells.size() > columns_.size()) {
      error(row, fmt::format("expected {} columns, came {}", columns_.size(), cells.size()));
      return std::nullopt;
    }
    LabelledLines out{.kind = std::string(cell["kind"]),
                      .source = std::string(cell["source"]),
                      .provider = std::string(cell["provider"]),
                      .file = std::string(cell["file"]),
                      .techniques = words(cell["techniques"], '|'),
                      .name = std::string(cell["case"]),
                      .procedure = std::string(cell["procedure"]),
                      .row = row};
    auto lines = line_numbers(cell["lines"]);
    if (!lines) {
      error(row, "expected numbers of lines (3,5,9), came: " + escape_for_log(cell["lines"]));
    } else if (!is_inside(out.file)) {
      error(row, "expected a file below the folder, came: " + escape_for_log(out.file));
    } else {
      out.lines = *std::move(lines);
      if (out.name.empty()) out.name = out.file;
      return out;
    }
    return std::nullopt;
  }

 private:
  void error(std::size_t line, std::string message, std::string hint = {}) {
    report_.add_error(
        Error(kBadCases, std::move(message), Place{.file = file_, .line = line}, std::move(hint)));
  }

  const std::string& file_;
  LoadReport& report_;
  std::vector<std::string_view> columns_;
};

}  // namespace

std::vector<Case> group_cases(const std::vector<LabelledLines>& rows,
                              bool (*is_wanted)(const LabelledLines&)) {
  std::vector<Case> cases;
  std::map<std::tuple<std::string, std::string, std::string, std::vector<std::string>>, std::size_t>
      index;
  for (const LabelledLines& row : rows) {
    if (!is_wanted(row)) continue;
    const auto [at, is_new] =
        index.try_emplace({row.kind, row.source, row.name, row.techniques}, cases.size());
    if (is_new) cases.push_back({.first = &row});
    cases[at->second].rows.push_back(&row);
  }
  return cases;
}

std::vector<LabelledLines> parse_cases(std::string_view text, const std::string& file,
                                       LoadReport& report) {
  std::vector<LabelledLines> cases;
  CasesReader reader(file, report);
  std::size_t row = 0;
  while (!text.empty() && cases.size() < kMaxRows) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (++row == 1) {
      if (!reader.read_head(line)) return cases;
    } else if (!line.empty()) {
      if (auto read = reader.read_row(line, row)) cases.push_back(*std::move(read));
    }
  }
  return cases;
}

}  // namespace nepho::exercise
