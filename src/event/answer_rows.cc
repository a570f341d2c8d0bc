#include "event/answer_rows.h"

#include <string_view>
#include <utility>

#include "event/envelope_keys.h"
#include "text/json_writer.h"

namespace nepho::event {
namespace {

using text::JsonValue;
using Names = std::vector<std::string>;
using Rows = std::optional<std::vector<AnswerRow>>;

// The rows so far, as long as there is room for them.
class RowList {
 public:
  explicit RowList(std::size_t max_bytes) : left_(max_bytes) {}

  // `write` gives the row's text, and is not asked once one had no room.
  template <typename Write>
  void add(Write write, std::size_t offset) {
    std::string json = is_full_ ? std::string() : write();
    is_full_ = is_full_ || json.size() > left_;
    if (is_full_) json.clear();
    left_ -= json.size();
    rows_.push_back({std::move(json), offset});
  }
  std::vector<AnswerRow> take() { return std::move(rows_); }
  Rows take_some() { return rows_.empty() ? std::nullopt : Rows(take()); }

 private:
  std::vector<AnswerRow> rows_;
  std::size_t left_;
  bool is_full_ = false;
};

std::optional<JsonValue> array_at(const JsonValue& value, std::string_view key) {
  auto found = value.find(key);
  return found && found->is_array() ? found : std::nullopt;
}

// What the objects of a list have at `key`: a string, or "" for anything else.
Names texts_at(const JsonValue& list, std::string_view key) {
  Names texts;
  for (const JsonValue& element : list.children()) {
    const auto text = element.find(key);
    texts.emplace_back(text && text->is_string() ? text->text() : std::string_view());
  }
  return texts;
}

// ---- Log Analytics ----

std::string row_under(const Names& names, const JsonValue& line) {
  text::JsonWriter row;
  row.begin_object();
  std::size_t column = 0;
  for (const JsonValue& cell : line.children()) {
    if (column < names.size()) row.key(names[column]).raw(cell.source());
    ++column;
  }
  return row.end_object().take();
}

Rows rows_of_tables(const JsonValue& answer, std::size_t max_bytes) {
  const auto tables = array_at(answer, kTables);
  if (!tables) return std::nullopt;
  RowList rows(max_bytes);
  for (const JsonValue& table : tables->children()) {
    const auto columns = array_at(table, "columns");
    const auto lines = array_at(table, "rows");
    if (!columns || !lines) return std::nullopt;
    const Names names = texts_at(*columns, "name");
    for (const JsonValue& line : lines->children())
      rows.add([&] { return row_under(names, line); }, line.offset());
  }
  return rows.take();
}

// ---- Logs Insights and CloudTrail Lake ----

std::optional<std::string> row_of_cells(const JsonValue& line) {
  text::JsonWriter row;
  row.begin_object();
  for (const JsonValue& cell : line.children()) {
    if (!cell.is_object()) return std::nullopt;
    const auto field = cell.find("field");
    const auto value = cell.find("value");
    if (field && field->is_string() && value) {
      row.key(field->text()).raw(value->source());
    } else if (cell.num_children() == 1) {
      const JsonValue only = *cell.children().begin();
      row.key(only.key()).raw(only.source());
    } else {
      return std::nullopt;
    }
  }
  return row.end_object().take();
}

Rows rows_of_cells(const JsonValue& answer, std::size_t max_bytes) {
  auto lines = array_at(answer, "results");
  if (!lines) lines = array_at(answer, "QueryResultRows");
  if (!lines) return std::nullopt;
  RowList rows(max_bytes);
  for (const JsonValue& line : lines->children()) {
    auto text = line.is_array() ? row_of_cells(line) : std::nullopt;
    if (!text) return std::nullopt;
    rows.add([&] { return std::move(*text); }, line.offset());
  }
  return rows.take_some();
}

// ---- Athena ----

// A cell without a value is an empty object.
std::string row_of_texts(const Names& names, const Names& cells) {
  text::JsonWriter row;
  row.begin_object();
  for (std::size_t column = 0; column < cells.size() && column < names.size(); ++column) {
    if (!cells[column].empty()) row.member(names[column], cells[column]);
  }
  return row.end_object().take();
}

Names columns_of(const JsonValue& result_set) {
  const auto about = result_set.find("ResultSetMetadata");
  const auto columns = about ? array_at(*about, "ColumnInfo") : std::nullopt;
  return columns ? texts_at(*columns, "Name") : Names();
}

Rows rows_of_result_set(const JsonValue& answer, std::size_t max_bytes) {
  const auto result_set = answer.find(kResultSet);
  const auto lines = result_set ? array_at(*result_set, "Rows") : std::nullopt;
  if (!lines) return std::nullopt;
  Names names = columns_of(*result_set);
  RowList rows(max_bytes);
  bool is_first = true;
  for (const JsonValue& line : lines->children()) {
    const auto data = array_at(line, "Data");
    if (!data) return std::nullopt;
    const Names cells = texts_at(*data, "VarCharValue");
    if (names.empty()) names = cells;
    if (std::exchange(is_first, false) && cells == names) continue;
    rows.add([&] { return row_of_texts(names, cells); }, line.offset());
  }
  return rows.take_some();
}

}  // namespace

Rows rows_of_answer(const JsonValue& answer, std::size_t max_bytes) {
  auto rows = rows_of_tables(answer, max_bytes);
  if (!rows) rows = rows_of_cells(answer, max_bytes);
  if (!rows) rows = rows_of_result_set(answer, max_bytes);
  return rows;
}

}  // namespace nepho::event
