// A row becomes JSON text, which then goes the way of every record: recognised, planned, matched.
// That costs more than to fill fields from the cells straight away, and gives text logs everything
// that the others have: aliases, raw events in findings, one definition of a match.
#include "event/rows.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "text/csv.h"
#include "text/json_scalar.h"
#include "text/json_writer.h"

namespace nepho::event {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kFieldsDirective = "#Fields:";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string_view without_line_end(std::string_view row) {
  while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

std::string member_of(std::string_view name) {
  std::string member;
  text::append_json_quoted(name, member);
  return member + ':';
}

bool needs_escapes(char c) {
  return c < ' ' || c == '"' || c == '\\' || c == '\x7f';  // above 0x7F chars are negative
}

void append_string(std::string_view text, std::string& out) {
  if (std::ranges::any_of(text, needs_escapes)) return text::append_json_quoted(text, out);
  out += '"';
  out += text;
  out += '"';
}

// A number as logs write them: no exponent, and no more digits than readers of 64 bits keep.
bool is_plain_number(std::string_view cell) {
  constexpr std::size_t kMostBytes = 18;
  return cell.size() <= kMostBytes && cell.find_first_of("eE") == std::string_view::npos &&
         text::is_json_number(cell);
}

// The end of a cell that begins with `open`: the `close` that a separator or the row's end follows,
// since not everybody escapes those within.
std::size_t end_of_quoted(std::string_view row, std::size_t begin, char close, char separator) {
  for (std::size_t at = row.find(close, begin + 1); at != std::string_view::npos;
       at = row.find(close, at + 1)) {
    if (at + 1 == row.size() || row[at + 1] == separator) return at;
  }
  return std::string_view::npos;
}

char csv_separator(std::string_view header) {
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  return *std::ranges::max_element(kSeparators, {},
                                   [&](char c) { return std::ranges::count(header, c); });
}

std::vector<std::string> csv_names(std::string_view header) {
  std::vector<std::string> names = text::csv_cells(header, csv_separator(header));
  for (auto& name : names) name = trimmed(name);
  return names;
}

// A name of a column: what people and programs call one.
bool is_name(std::string_view text) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" _-.@/()[]#").find(c) != std::string_view::npos;
  };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && text.size() <= 128 && std::ranges::all_of(text, is_part) &&
         std::ranges::any_of(text, is_letter) &&
         (is_letter(text[0]) || text[0] == '_' || text[0] == '@');
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!(line = trimmed(line)).empty() && words.size() < text::kMaxCsvCells) {
    const std::size_t end = std::min(line.find_first_of(kBlank), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

}  // namespace

RowLayout::RowLayout(std::vector<std::string> columns, char separator, const LineForm* form)
    : separator_(separator) {
  for (const auto& name : columns) {
    Column column{member_of(name), false, nullptr, {}};
    if (form != nullptr) {
      column.is_number = std::ranges::find(form->numbers, name) != form->numbers.end();
      const auto part = std::ranges::find(form->parts, name, &LineForm::Part::column);
      if (part != form->parts.end()) {
        column.part = &*part;
        for (const auto& each : part->names) column.part_members.push_back(member_of(each));
      }
    }
    columns_.push_back(std::move(column));
  }
  if (form == nullptr) return;
  at_least_ = std::min(form->at_least, columns.size());
  for (const auto& join : form->joins) {
    Join made{member_of(join.name), {}};
    for (const auto& name : join.columns) {
      const auto found = std::ranges::find(columns, name);
      if (found != columns.end())
        made.columns.push_back(static_cast<std::size_t>(found - columns.begin()));
    }
    if (made.columns.size() == join.columns.size()) joins_.push_back(std::move(made));
  }
}

bool RowLayout::split(std::string_view row, std::vector<std::string_view>& cells) const {
  std::size_t at = 0;
  while (at <= row.size() && cells.size() < columns_.size()) {
    const char open = at < row.size() ? row[at] : '\0';
    const char close = open == '"' ? '"' : open == '[' ? ']' : '\0';
    const std::size_t quoted =
        close == '\0' ? std::string_view::npos : end_of_quoted(row, at, close, separator_);
    if (quoted != std::string_view::npos) {
      cells.push_back(row.substr(at + 1, quoted - at - 1));
      at = quoted + 2;
      continue;
    }
    const std::size_t end = std::min(row.find(separator_, at), row.size());
    cells.push_back(row.substr(at, end - at));
    at = end + 1;
  }
  return cells.size() >= at_least_;
}

bool RowLayout::append(std::string_view row, std::string& out) const {
  static thread_local std::vector<std::string_view> cells;
  cells.clear();
  if (!split(without_line_end(row), cells)) return false;
  out += '{';
  const std::size_t begin = out.size();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i];
    if (cell.empty() || cell == "-") continue;
    const Column& column = columns_[i];
    out += column.member;
    if (column.is_number && is_plain_number(cell)) {
      out += cell;
    } else {
      append_string(cell, out);
    }
    out += ',';
    if (column.part != nullptr) append_part(column, cell, out);
  }
  append_joins(cells, out);
  if (out.size() > begin) out.pop_back();
  out += '}';
  return true;
}

void RowLayout::append_part(const Column& column, std::string_view cell, std::string& out) const {
  const char separator = column.part->separator;
  const std::size_t last = cell.rfind(separator);
  if (last == std::string_view::npos) return;
  const std::size_t first = cell.find(separator);
  const auto append_member = [&](std::size_t which, std::string_view text) {
    if (text.empty() || text == "-") return;
    out += column.part_members[which];
    append_string(text, out);
    out += ',';
  };
  if (column.part_members.size() == 2) {
    append_member(0, cell.substr(0, last));
  } else {
    append_member(0, cell.substr(0, first));
    if (last > first) append_member(1, cell.substr(first + 1, last - first - 1));
  }
  append_member(column.part_members.size() - 1, cell.substr(last + 1));
}

void RowLayout::append_joins(const std::vector<std::string_view>& cells, std::string& out) const {
  for (const Join& join : joins_) {
    std::string joined;
    for (const std::size_t column : join.columns) {
      if (column >= cells.size()) continue;
      joined += joined.empty() ? "" : " ";
      joined += cells[column];
    }
    out += join.member;
    append_string(joined, out);
    out += ',';
  }
}

LineForms::LineForms(const std::vector<LogSource>& sources) {
  for (const LogSource& source : sources) {
    forms_.insert(forms_.end(), source.lines.begin(), source.lines.end());
  }
  for (const LineForm& form : forms_) {
    known_.push_back({&form, RowLayout(form.columns, form.separator, &form)});
  }
}

bool LineForms::append(std::string_view line, std::string& out) const {
  for (const auto& [form, layout] : known_) {
    if (form->known_by && form->known_by->search(line) && layout.append(line, out)) return true;
  }
  return false;
}

std::optional<RowLayout> LineForms::header(std::string_view line) const {
  auto words = words_of(line);
  if (words.size() < 2) return std::nullopt;
  for (const auto& [form, layout] : known_) {
    const bool fits = std::ranges::all_of(words, [&](const std::string& word) {
      return std::ranges::find(form->columns, word) != form->columns.end() ||
             std::ranges::find(form->also, word) != form->also.end();
    });
    if (!fits) continue;
    RowLayout made(words, form->separator, form);
    return made;
  }
  return std::nullopt;
}

bool is_csv_header(std::string_view line) {
  const auto names = csv_names(line);
  return names.size() >= 2 && std::ranges::all_of(names, is_name);
}

bool is_csv_head(std::string_view head) {
  for (head = trimmed(head); head.starts_with('#'); head = trimmed(head)) {
    if (head.starts_with(kFieldsDirective)) return false;
    head.remove_prefix(std::min(head.find('\n'), head.size()));
  }
  return is_csv_header(head.substr(head.find_last_of("\r\n") + 1));
}

RowReader::RowReader(const LineForms& forms, std::string_view head) : forms_(forms) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = without_line_end(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.starts_with('#')) {
      take_directive(line);
      continue;
    }
    if (trimmed(line).empty()) continue;
    if (auto layout = forms_.header(line)) {
      layout_ = std::move(layout);
      head_ = line;
    } else if (fields_.empty() && is_csv_header(line)) {
      layout_.reset();
      fields_ = csv_names(line);
      head_ = line;
      is_csv_ = true;
    }
    break;
  }
}

// "#Fields: a b c" (W3C, "Extended Log File Format"); other comments tell nothing.
bool RowReader::take_directive(std::string_view line) {
  if (!line.starts_with(kFieldsDirective)) return false;
  fields_ = words_of(line.substr(kFieldsDirective.size()));
  layout_.reset();
  is_csv_ = false;
  return true;
}

RowReader::Row RowReader::append(std::string_view row, std::string& out) {
  const std::string_view text = without_line_end(row);
  const std::string_view line = trimmed(text);
  if (line.empty() || text == head_) return Row::kNothing;
  if (is_csv_) return append_csv(text, out);
  if (line.starts_with('#')) {
    take_directive(line);
    return Row::kNothing;
  }
  if (line.starts_with('{')) {
    out += line;
    return Row::kRecord;
  }
  if (!layout_ && !fields_.empty()) {
    const char separator = text.find('\t') != std::string_view::npos ? '\t' : ' ';
    layout_.emplace(fields_, separator, nullptr);
  }
  if (layout_ && layout_->append(text, out)) return Row::kRecord;
  if (forms_.append(text, out)) return Row::kRecord;
  if (auto layout = forms_.header(line)) {
    layout_ = std::move(layout);
    return Row::kNothing;
  }
  const std::size_t open = line.find('{');
  if (open != std::string_view::npos && line.ends_with('}')) {
    out += line.substr(open);
    return Row::kRecord;
  }
  return Row::kUnknown;
}

RowReader::Row RowReader::append_csv(std::string_view row, std::string& out) const {
  if (row.starts_with("#TYPE ")) return Row::kNothing;  // PowerShell's Export-Csv
  const std::vector<std::string> cells = text::csv_cells(row, csv_separator(head_));
  text::JsonWriter json;
  json.begin_object();
  for (std::size_t i = 0; i < std::min(cells.size(), fields_.size()); ++i) {
    if (!cells[i].empty()) json.member(fields_[i], cells[i]);
  }
  out += json.end_object().text();
  return Row::kRecord;
}

std::size_t RowReader::size_of_first(std::string_view text) const {
  if (is_csv_) return text::csv_row_size(text);
  return std::min(text.find('\n'), text.size() - 1) + 1;
}

}  // namespace nepho::event
