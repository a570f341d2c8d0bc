// A JSON document that is accepted reads back the same from its compact text, and the indexer
// takes whatever the document reader took.
#include "text/json.h"

#include <cstdlib>
#include <string>

#include "base/check.h"
#include "text/json_index.h"

namespace {

std::string compact(const nepho::text::JsonDocument& document) {
  std::string out;
  append_compact(document.root(), out);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto document = nepho::text::JsonDocument::parse(text);
  if (!document) return 0;

  const std::string once = compact(*document);
  const auto again = nepho::text::JsonDocument::parse(once);
  CHECK(again.has_value());
  CHECK(compact(*again) == once);

  std::string padded = once;
  padded.append(nepho::text::kJsonPadding, ' ');
  nepho::text::JsonIndexer indexer;
  const auto positions = indexer.index(std::string_view(padded).substr(0, once.size()));
  CHECK(positions.has_value());
  CHECK(!positions->empty() && positions->front() == 0);
  return 0;
}
