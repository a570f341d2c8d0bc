#include "event/schema_digest.h"

#include <string_view>

#include "base/hash.h"

namespace nepho::event {
namespace {

// With its length in front, so that no text runs into the next.
void put(std::string& out, std::string_view text) {
  out += std::to_string(text.size()) + ':';
  out += text;
}

// With the number of them in front.
void put(std::string& out, const std::vector<std::string>& texts) {
  out += std::to_string(texts.size()) + '[';
  for (const std::string& text : texts) put(out, text);
}

}  // namespace

// Aliases in the order of the file, since the first that is there counts.
std::string schema_digest(const LogSource& source) {
  std::string out;
  for (const auto& [path, types] : source.schema) {
    put(out, path);
    put(out, types);
  }
  for (const FieldAlias& alias : source.aliases) {
    put(out, alias.name);
    put(out, alias.paths);
  }
  put(out, source.inner_json);
  for (const Pivot& pivot : source.pivots) {
    put(out, pivot.array);
    put(out, pivot.name);
    put(out, pivot.value);
    put(out, pivot.also);
  }
  return to_hex(hash128(out));
}

}  // namespace nepho::event
