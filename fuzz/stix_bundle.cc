// A bundle that is imported comes back the same from the catalogue's own form, no successor is
// retired, and every chain of replacements ends.
#include <cstdlib>
#include <set>
#include <string>

#include "attack/catalogue.h"
#include "attack/facts_reader.h"
#include "attack/facts_writer.h"
#include "attack/import.h"
#include "base/check.h"

namespace {

using nepho::attack::Catalogue;

void check_replacements(const Catalogue& catalogue) {
  for (const auto& technique : catalogue.facts().techniques) {
    const auto chain = catalogue.replacements(technique.id);
    const std::set distinct(chain.begin(), chain.end());
    CHECK(distinct.size() == chain.size() && !distinct.contains(technique.id));
    const auto successor = catalogue.successor(technique.id);
    CHECK(!successor || catalogue.find(*successor)->is_active());
    CHECK(!technique.is_active() || successor == technique.id);
  }
}

void check_scopes(const Catalogue& catalogue) {
  using nepho::attack::Scope;
  CHECK(catalogue.cloud_techniques().size() <=
        catalogue.cloud_techniques(Scope::kCloudAndContainers).size());
  for (const auto* technique : catalogue.cloud_techniques()) CHECK(technique->is_active());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto bundle =
      nepho::attack::import_bundle(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!bundle) return 0;
  check_replacements(bundle->catalogue);
  check_scopes(bundle->catalogue);

  const std::string once = nepho::attack::write_facts(bundle->catalogue.facts());
  auto facts = nepho::attack::parse_facts(once, "fuzz");
  CHECK(facts.has_value());
  CHECK(nepho::attack::write_facts(*facts) == once);
  const Catalogue again(std::move(*facts));
  CHECK(nepho::attack::write_facts(again.facts()) == once);
  return 0;
}
