#include "tests/support/sql/delivered_events.h"

#include <algorithm>
#include <utility>

#include "event/envelope.h"
#include "event/record_splitter.h"
#include "event/rows.h"
#include "stream/reader.h"

namespace nepho::tests::sql {
namespace {

// False for a record that is no JSON.
bool add_records(const stream::Block& block, const std::vector<event::Recognition>& order,
                 std::vector<std::string>& events) {
  using event::RecordSplitter;
  RecordSplitter splitter(block.bytes(), block.layout() == stream::Block::Layout::kLines
                                             ? RecordSplitter::By::kLines
                                             : RecordSplitter::By::kValues);
  while (const auto piece = splitter.next()) {
    const auto unwrapped = event::unwrap(*piece, order);
    if (!unwrapped) return false;
    for (const auto& record : unwrapped->records) events.emplace_back(record.text);
  }
  return true;
}

// False for a row of no form known.
bool add_rows(const stream::Block& block, const event::LineForms& forms,
              std::vector<std::string>& events) {
  event::RowReader rows(forms, block.head());
  std::string_view text = block.bytes();
  while (!text.empty()) {
    const std::size_t size = rows.size_of_first(text);
    std::string record;
    const auto row = rows.append(text.substr(0, size), record);
    if (row == event::RowReader::Row::kUnknown) return false;
    if (row == event::RowReader::Row::kRecord) events.push_back(std::move(record));
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::string>> delivered_events(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());

  LoadReport report;
  const Knowledge knowledge;
  const auto sources = event::LogSources::load(knowledge, report);
  const auto order = event::recognition_order(sources);
  const event::LineForms forms(sources.all());
  std::vector<std::string> events;
  stream::RecordReader reader;
  for (const auto& file : files) {
    if (!reader.open(file.string(), 0)) return std::nullopt;
    stream::Block block;
    while (reader.next(block).value_or(false)) {
      const bool is_read = block.layout() == stream::Block::Layout::kRows
                               ? add_rows(block, forms, events)
                               : add_records(block, order, events);
      if (!is_read) return std::nullopt;
    }
    if (!reader.take_skipped().empty()) return std::nullopt;
  }
  return events;
}

std::vector<std::string> spread(const std::vector<std::string>& events, std::size_t num_wanted) {
  const std::size_t step =
      std::max<std::size_t>(1, events.size() / std::max<std::size_t>(1, num_wanted));
  std::vector<std::string> some;
  for (std::size_t i = 0; i < events.size(); i += step) some.push_back(events[i]);
  return some;
}

}  // namespace nepho::tests::sql
