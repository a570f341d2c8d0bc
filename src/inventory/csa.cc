#include "inventory/csa.h"

#include <array>

namespace nepho::inventory {
namespace {

using text::YamlNode;

constexpr auto kSources = std::to_array<ProviderWord>({{"workspace", "gws"}});

}  // namespace

std::vector<ForeignRule> read_csa(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  for (const YamlNode& root : file.trees) {
    const YamlNode* mapping = root.find("attack_mapping");
    if (mapping == nullptr) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, root.line, root.column));
    Detection& detection = read.detection;
    detection.id = root.text_at("id");
    detection.name = root.text_at(root.find("display_name") != nullptr ? "display_name" : "name");
    detection.level = level_of(root.text_at("severity"));
    add_providers(all_text(root.find("sources")), kSources, detection.providers);
    if (detection.providers.empty()) detection.providers = {"gcp"};
    read.reads = all_text(root.find("sources"));
    // The queries lie beside the file; its samples name the events.
    read.examples = all_text(root.find("samples"));
    for (const YamlNode& item : mapping->items) append_claims(item.find("technique"), read.claims);
  }
  return rules;
}

}  // namespace nepho::inventory
