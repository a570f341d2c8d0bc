#include "alert/table.h"

#include <algorithm>
#include <cctype>

#include "text/csv.h"
#include "text/json_writer.h"

namespace nepho::alert {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A header longer than this is text.
constexpr std::size_t kMaxHeaderBytes = std::size_t{64} << 10U;

// "Alert Title" -> "alert_title"; "annotations.mitre_attack" stays.
std::string column_name(std::string_view cell) {
  std::string name;
  for (const char c : cell) {
    const bool parts = c == ' ' || c == '-' || c == '_' || c == '\t' || c == '\r' || c == '\n';
    if (!parts) {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (name.ends_with('_')) name.pop_back();
  // Splunk's own fields begin with one ("_time").
  return cell.starts_with('_') ? "_" + name : name;
}

std::vector<std::string> column_names(const std::vector<std::string>& written) {
  std::vector<std::string> names;
  for (const std::string& cell : written) names.push_back(column_name(cell));
  return names;
}

bool are_names(const std::vector<std::string>& names) {
  if (names.size() < 2) return false;
  return std::ranges::all_of(names, [&](const std::string& name) {
    return !name.empty() && std::ranges::count(names, name) == 1;
  });
}

}  // namespace

std::optional<Table> Table::open(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t size = text::csv_row_size(text.substr(0, kMaxHeaderBytes));
  const std::string_view head = text.substr(0, size);
  if (head.empty() || head.front() == '{' || head.front() == '[') return std::nullopt;
  for (const char separator : {',', ';', '\t'}) {
    std::vector<std::string> written = text::csv_cells(head, separator);
    std::vector<std::string> names = column_names(written);
    if (are_names(names)) {
      return Table(text.substr(size), std::move(names), std::move(written), separator);
    }
  }
  return std::nullopt;
}

std::optional<Table::Row> Table::next() {
  while (!text_.empty()) {
    const std::string_view row = text_.substr(0, text::csv_row_size(text_));
    text_.remove_prefix(row.size());
    const std::size_t line = line_;
    line_ += static_cast<std::size_t>(std::ranges::count(row, '\n'));
    if (row.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
    return Row{text::csv_cells(row, separator_), line};
  }
  return std::nullopt;
}

bool Table::has(std::string_view column) const {
  return std::ranges::find(columns_, column) != columns_.end();
}

std::string_view Table::cell(const Row& row, std::string_view column) const {
  const auto at = static_cast<std::size_t>(std::ranges::find(columns_, column) - columns_.begin());
  return at < columns_.size() && at < row.cells.size() ? row.cells[at] : std::string_view();
}

std::string Table::json_of(const Row& row) const {
  text::JsonWriter json;
  json.begin_object();
  for (std::size_t i = 0; i < std::min(columns_.size(), row.cells.size()); ++i) {
    if (row.cells[i].empty()) continue;
    json.member(columns_[i], row.cells[i]);
    if (written_[i] != columns_[i]) json.member(written_[i], row.cells[i]);
  }
  json.end_object();
  return json.take();
}

}  // namespace nepho::alert
