// A row becomes JSON text, which then goes the way of every record: recognised, planned, matched.
// That gives text logs everything that the others have: aliases, raw events in findings, one
// definition of a match. Most rows are spared it, since no rule holds for them: see cut() and
// event/row_fields.h.
#include "event/rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "event/printed_hash.h"
#include "text/csv.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

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

char csv_separator(std::string_view header) {
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  return *std::ranges::max_element(kSeparators, {},
                                   [&](char c) { return std::ranges::count(header, c); });
}

std::vector<std::string> csv_names(std::string_view header) {
  std::vector<std::string> names = text::csv_cells(header, csv_separator(header));
  for (auto& name : names) {
    name = trimmed(name);
    // The portal of Log Analytics says so of the columns with times.
    constexpr std::string_view kZone = " [UTC]";
    if (name.ends_with(kZone)) name.resize(name.size() - kZone.size());
  }
  return names;
}

bool is_plain_name(std::string_view text) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" _-.@/()[]#").find(c) != std::string_view::npos;
  };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && text.size() <= 128 && std::ranges::all_of(text, is_part) &&
         std::ranges::any_of(text, is_letter) &&
         (is_letter(text[0]) || text[0] == '_' || text[0] == '@');
}

// A name of a column: what people and programs call one. Claims are named by addresses, which are
// looked at without their "://".
bool is_name(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  while (true) {
    const std::size_t scheme = text.find(kScheme);
    if (scheme == text.npos || text.find_last_of(" ,;", scheme) != text.npos) break;
    if (!is_plain_name(text.substr(0, scheme))) return false;
    text.remove_prefix(scheme + kScheme.size());
  }
  return is_plain_name(text);
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

// A time with its day and its zone, as programs write it before a line.
bool is_time(std::string_view word) {
  constexpr std::size_t kSeconds = std::string_view("2026-03-01T03:04:05").size();
  return word.size() > kSeconds && word[10] == 'T' && text::parse_timestamp(word).has_value();
}

// A line behind what CloudWatch Logs writes before each: its time, in exports to S3; the name of
// its stream besides, in what `aws logs tail` shows; those of its group and stream, as awslogs has
// them.
bool append_behind_names(const LineForms& forms, std::string_view line, std::string& out) {
  constexpr int kMostWords = 2;
  for (int word = 0; word < kMostWords; ++word) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return false;
    if (word == 0 && !line.starts_with('/') && !is_time(line.substr(0, blank))) return false;
    line.remove_prefix(blank + 1);
    if (forms.append(line, out)) return true;
  }
  return false;
}

// The object or array of objects at the end of a line, behind what a shipper put before it: as
// JSON, or an object as Ruby prints it.
bool append_object(std::string_view line, std::string& out) {
  if (const auto record = json_of_fluent_bit_line(line)) {
    out += *record;
    return true;
  }
  const std::size_t open = line.find('{');
  if (open == std::string_view::npos) return false;
  const bool is_list = open > 0 && line[open - 1] == '[' && line.ends_with("}]");
  if (is_list) out += line.substr(open - 1);
  if (is_list || !line.ends_with('}')) return is_list;
  const std::string_view object = line.substr(open);
  if (const auto record = json_of_printed_hash(object)) {
    out += *record;
  } else {
    out += object;
  }
  return true;
}

// One of the cells between tabs that holds a record whole: what the AWS CLI writes as text
// ("EVENTS", then the members of an event), what Kafka's tools write behind a key. These have a
// dozen cells; as each is held against every form, a line of nothing but tabs must not go on.
bool append_cell(const LineForms& forms, std::string_view line, std::string& out) {
  constexpr int kMostCells = 64;
  if (line.find('\t') == std::string_view::npos) return false;
  for (int looked_at = 0; looked_at < kMostCells && !line.empty(); ++looked_at) {
    const std::string_view cell = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(cell.size() + 1, line.size()));
    if (cell.starts_with("{\"") && cell.ends_with('}')) {
      out += cell;
      return true;
    }
    if (forms.append(cell, out)) return true;
  }
  return false;
}

// What the AWS CLI writes as text below and behind "EVENTS", and is no record.
bool is_cli_detail(std::string_view line) {
  return line.starts_with("RESOURCES\t") || line.starts_with("SEARCHEDLOGSTREAMS\t");
}

// Lines that were parted by blanks and are by tabs now, as they come out of spreadsheets and
// databases.
bool has_tabs_for_blanks(std::string_view line) {
  return line.find('\t') != std::string_view::npos && line.find(' ') == std::string_view::npos;
}

}  // namespace

LineForms::LineForms(const std::vector<LogSource>& sources) {
  for (const LogSource& source : sources) {
    forms_.insert(forms_.end(), source.lines.begin(), source.lines.end());
  }
  for (const LineForm& form : forms_) {
    Known& known =
        known_.emplace_back(Known{&form, RowLayout(form.columns, form.separator, &form), {}});
    if (form.known_by) known.sign = LineSign::of(form.known_by->source(), form.separator);
  }
}

bool LineForms::append(std::string_view line, std::string& out) const {
  if (append_as_is(line, out)) return true;
  if (!has_tabs_for_blanks(line)) return false;
  std::string spaced(line);
  std::ranges::replace(spaced, '\t', ' ');
  return append_as_is(spaced, out);
}

bool LineForms::append_as_is(std::string_view line, std::string& out) const {
  for (const auto& [form, layout, sign] : known_) {
    if (form->known_by && form->known_by->search(line) && layout.append(line, out)) return true;
  }
  return false;
}

const RowLayout* LineForms::cut(RowCells& cells) const {
  for (const auto& [form, layout, sign] : known_) {
    if (!form->known_by) continue;
    auto is_known = LineSign::Answer::kUnsure;
    if (sign) is_known = sign->ask(cells);
    if (is_known == LineSign::Answer::kUnsure) {
      is_known =
          form->known_by->search(cells.row()) ? LineSign::Answer::kYes : LineSign::Answer::kNo;
    }
    if (is_known == LineSign::Answer::kYes && layout.cut(cells)) return &layout;
  }
  return nullptr;
}

const LineForm* LineForms::form_with(const std::vector<std::string>& names) const {
  for (const LineForm& form : forms_) {
    const bool has_all = std::ranges::all_of(names, [&](const std::string& name) {
      return std::ranges::find(form.columns, name) != form.columns.end() ||
             std::ranges::find(form.also, name) != form.also.end();
    });
    if (has_all) return &form;
  }
  return nullptr;
}

std::optional<RowLayout> LineForms::header(std::string_view line) const {
  const auto words = words_of(line);
  if (words.size() < 2) return std::nullopt;
  const LineForm* const form = form_with(words);
  if (form == nullptr) return std::nullopt;
  return RowLayout(words, has_tabs_for_blanks(trimmed(line)) ? '\t' : form->separator, form);
}

RowLayout LineForms::layout_of(const std::vector<std::string>& names, char separator) const {
  return {names, separator, form_with(names)};
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

// As append() goes about it, as far as that is to ask for the layout in force and the forms known.
const RowLayout* RowReader::cut(std::string_view row, RowCells& cells) {
  const std::string_view text = without_line_end(row);
  if (is_csv_ || text.empty() || text == head_) return nullptr;
  if (!layout_ && !fields_.empty()) return nullptr;
  const char first = text[0];
  if (first == '#' || first == '{' || kBlank.find(first) != kBlank.npos) return nullptr;
  cells.take(text);
  if (layout_) return layout_->cut(cells) ? &*layout_ : nullptr;
  return forms_.cut(cells);
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
  if (line.starts_with('{') || (line.starts_with("[{") && line.ends_with("}]"))) {
    out += line;
    return Row::kRecord;
  }
  if (!layout_ && !fields_.empty()) {
    const char separator = text.find('\t') != std::string_view::npos ? '\t' : ' ';
    layout_ = forms_.layout_of(fields_, separator);
  }
  if (layout_ && layout_->append(text, out)) return Row::kRecord;
  if (forms_.append(text, out)) return Row::kRecord;
  if (append_behind_names(forms_, line, out)) return Row::kRecord;
  if (auto layout = forms_.header(line)) {
    layout_ = std::move(layout);
    return Row::kNothing;
  }
  if (append_object(line, out) || append_cell(forms_, line, out)) return Row::kRecord;
  return is_cli_detail(line) ? Row::kNothing : Row::kUnknown;
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
