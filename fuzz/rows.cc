// Text of any kind as rows: every record made of one is a JSON object, what is read of a row in
// place is what stands in that object, the rows are the text and nothing else, and what is cut
// between rows of comma-separated values holds whole rows.
#include "event/rows.h"

#include <string>
#include <string_view>

#include "base/check.h"
#include "event/log_source_file.h"
#include "event/record_view.h"
#include "event/row_fields.h"
#include "stream/yaml_source.h"
#include "text/csv.h"
#include "text/json.h"

namespace {

using nepho::event::RowReader;

std::vector<nepho::event::LogSource> sources() {
  nepho::LoadReport report;
  auto source = nepho::event::parse_log_source(R"(
id: x.flow
title: Flows
lines:
  - columns: [a, b, c, d]
    also: [e]
    at_least: 2
    known_by: '^\d'
    numbers: [b]
    parts: {a: {at: ":", names: [f, g]}, c: {at: " ", names: [h, i, j]}}
    joins: {k: [a, d]}
)",
                                               "x.yml", report);
  CHECK(source);
  return {*source};
}

void check_json_object(const std::string& record) {
  const auto document = nepho::text::JsonDocument::parse(record);
  CHECK(document && document->root().is_object());
}

// Every name that a row of the form above may have.
struct Names {
  nepho::event::KeyTable keys;
  std::vector<std::pair<std::string, nepho::event::FieldPath>> fields;
  std::vector<bool> wanted;

  Names() {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}) {
      fields.emplace_back(name, nepho::event::FieldPath(name, keys));
    }
    wanted.assign(keys.size(), true);
  }
};

// `cells` is the row that became `record`, cut by its layout.
void check_cells(const nepho::event::RowLayout& layout, nepho::event::RowCells& cells,
                 const std::string& record) {
  static Names names;
  std::string again;
  layout.append(cells, again);
  CHECK(again == record);
  CHECK(record.size() <= layout.most_bytes(cells.row().size()));
  nepho::event::RecordView view(names.keys);
  nepho::event::RowFields fields(layout, names.keys, names.wanted);
  if (!fields.lay(cells, view)) return;
  const auto document = nepho::text::JsonDocument::parse(record);
  for (const auto& [name, path] : names.fields) {
    std::vector<nepho::event::RawValue> values;
    view.resolve(path, values);
    std::size_t at = 0;
    for (const auto& child : document->root().children()) {
      if (child.key() != name) continue;
      CHECK(at < values.size() && values[at].type == child.type());
      CHECK(values[at++].raw == child.text());
    }
    CHECK(at == values.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::vector<nepho::event::LogSource> kSources = sources();
  static const nepho::event::LineForms kForms(kSources);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  RowReader reader(kForms, text.substr(0, text.find('\n')));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t row_size = reader.size_of_first(text.substr(at));
    CHECK(row_size > 0 && at + row_size <= text.size());
    const std::string_view row = text.substr(at, row_size);
    std::string record;
    nepho::event::RowCells cells;
    const nepho::event::RowLayout* const layout = reader.cut(row, cells);
    const auto number = layout != nullptr ? layout->number() : 0;
    const auto kind = reader.append(row, record);
    CHECK(record.empty() == (kind != RowReader::Row::kRecord));
    // What stood there as JSON is passed on as it is, good or bad.
    const bool was_json = row.find('{') != std::string_view::npos;
    if (!record.empty() && !was_json) check_json_object(record);
    if (layout != nullptr) {
      CHECK(kind == RowReader::Row::kRecord && layout->number() == number);
      check_cells(*layout, cells, record);
    }
    at += row_size;
  }
  const std::size_t whole = nepho::text::csv_rows_size(text);
  CHECK(whole <= text.size() && (whole == 0 || text[whole - 1] == '\n'));
  const auto lines = nepho::stream::json_lines_of_yaml(text, nepho::kDefaultLimits);
  std::string_view left = lines ? std::string_view(*lines) : std::string_view();
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    CHECK(end != std::string_view::npos);
    if (end != 0) check_json_object(std::string(left.substr(0, end)));
    left.remove_prefix(end + 1);
  }
  return 0;
}
