#include "exercise/record_lines.h"

#include <algorithm>

#include "event/record_splitter.h"
#include "stream/reader.h"

namespace nepho::exercise {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;

using event::RecordSplitter;

RecordSplitter::By how_to_split(const stream::Block& block) {
  return block.layout() == stream::Block::Layout::kLines ? RecordSplitter::By::kLines
                                                         : RecordSplitter::By::kValues;
}

}  // namespace

Result<std::vector<std::string>> records_on_lines(const std::string& file,
                                                  const std::set<std::uint64_t>& lines) {
  stream::RecordReader reader;
  if (auto opened = reader.open(file, 0); !opened) return std::unexpected(opened.error());
  std::vector<std::string> records;
  std::size_t num_bytes = 0;
  stream::Block block;
  while (num_bytes < kMaxBytes) {
    const auto more = reader.next(block);
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    RecordSplitter splitter(block.bytes(), how_to_split(block));
    std::uint64_t line = block.first_line();
    const char* counted_to = block.bytes().data();
    while (const auto piece = splitter.next()) {
      line += static_cast<std::uint64_t>(std::count(counted_to, piece->data(), '\n'));
      counted_to = piece->data();
      if (!lines.empty() && !lines.contains(line)) continue;
      records.emplace_back(*piece);
      num_bytes += piece->size();
    }
  }
  return records;
}

}  // namespace nepho::exercise
