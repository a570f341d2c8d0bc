// Whatever the text, the YAML reader ends within its limits, and every node it gives stands at a
// place inside the text.
#include "text/yaml.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/limits.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using nepho::text::YamlNode;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto stream = nepho::text::parse_yaml_stream(text, "fuzz.yml");
  // A line ends at LF, CR, or one of the two-byte and three-byte breaks of YAML 1.1.
  const std::size_t most_lines = size + 1;

  std::size_t num_nodes = 0;
  std::vector<const YamlNode*> pending;
  for (const YamlNode& document : stream.documents) pending.push_back(&document);
  while (!pending.empty()) {
    const YamlNode* node = pending.back();
    pending.pop_back();
    ++num_nodes;
    CHECK(node->line >= 1 && node->line <= most_lines);
    CHECK(node->column >= 1 && node->column <= size + 1);
    for (const YamlNode& item : node->items) pending.push_back(&item);
    for (const auto& [key, value] : node->members) {
      CHECK(node->find(key.text) == &value);
      pending.push_back(&value);
    }
  }
  CHECK(num_nodes <= nepho::kDefaultLimits.max_yaml_nodes);
  return 0;
}
