// Whatever is read from a layer is written so that it reads back the same, without a fault.
#include <cstdlib>
#include <string>

#include "base/check.h"
#include "navigator/read_layer.h"
#include "navigator/write_layer.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto found = nepho::navigator::read_layers(bytes, "fuzz");
  if (!found) return 0;
  CHECK(!found->layers.empty());
  for (const auto& read : found->layers) {
    const std::string once = nepho::navigator::to_json(read.layer);
    const auto again = nepho::navigator::read_layers(once, "fuzz");
    CHECK(again.has_value() && again->layers.size() == 1);
    CHECK(again->layers[0].layer == read.layer);
    CHECK(nepho::navigator::to_json(again->layers[0].layer) == once);
  }
  return 0;
}
