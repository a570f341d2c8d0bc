// Any file, split anywhere: blocks are slices of it, in order, that do not overlap; their lines are
// right; every value block indexes or splits into objects; what is read does not depend on how the
// bytes arrive.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/compression.h"
#include "stream/reader.h"
#include "stream/yaml_source.h"
#include "text/utf16.h"

namespace {

using nepho::stream::Block;
using nepho::stream::RecordReader;

// The places of all blocks' ends and skipped records.
std::string read(std::string_view bytes, std::size_t block_bytes, std::size_t chunk) {
  nepho::Limits limits;
  limits.max_record_bytes = 4096;
  RecordReader reader({.block_bytes = block_bytes, .limits = limits});
  std::string seen;
  if (!reader.open(nepho::memory_source(bytes, chunk), "fuzz", 0)) return seen;
  Block block;
  std::size_t behind = 0;
  std::size_t blocks = 0;
  while (true) {
    const auto more = reader.next(block);
    if (!more.value_or(false)) break;
    const std::size_t begin = block.offset();
    CHECK(begin >= behind && begin + block.bytes().size() <= bytes.size());
    CHECK(block.bytes() == bytes.substr(begin, block.bytes().size()));
    const auto lines = std::count(bytes.data(), bytes.data() + begin, '\n');
    CHECK(block.first_line() == static_cast<std::size_t>(lines) + 1);
    behind = begin + block.bytes().size();
    CHECK(++blocks <= bytes.size() + 2);  // it ends
    seen.append(block.bytes()).append("\n");
  }
  std::uint64_t last = 0;
  for (const auto& skipped : reader.take_skipped()) {
    CHECK(skipped.offset >= last && skipped.offset <= bytes.size());
    last = skipped.offset;
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  // Packed input has places of its own; fuzz/decompress.cc tries that.
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (nepho::sniff_compression(bytes) != nepho::Compression::kNone) return 0;
  // So have UTF-16 and YAML, which are read as another text.
  if (nepho::text::utf_form(bytes) != nepho::text::UtfForm::kUtf8) return 0;
  if (nepho::stream::may_be_yaml(bytes, true)) return 0;
  const std::string whole = read(bytes, 1U << 14U, 1U << 14U);
  CHECK(whole == read(bytes, 1U << 14U, 1 + data[1]));
  read(bytes, 1 + data[0], 1 + data[1]);
  return 0;
}
