// The file (knowledge/providers.yml):
//
//   identity_techniques: [PATTERN, ...]             techniques that an identity's logs show
//   providers:
//     ID: {name: TEXT, platforms: [TEXT, ...], attack_log_sources: [NAME or NAME*, ...],
//          identity_served_by: ID}                  name and platforms must be there
//
// Whom a provider is served by is checked when all are read: it may stand further down.
#include "attack/provider.h"

#include <algorithm>

#include "attack/platform.h"
#include "attack/technique_pattern.h"
#include "base/printable.h"
#include "text/nearest.h"
#include "text/yaml_keys.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kPath = "providers.yml";

bool names(std::string_view pattern, std::string_view log_source) {
  if (!pattern.ends_with('*')) return pattern == log_source;
  return log_source.starts_with(pattern.substr(0, pattern.size() - 1));
}

Result<Provider> read_provider(const std::string& id, const text::YamlNode& node,
                               const std::string& file) {
  auto known = text::expect_keys(
      node, {"name", "platforms", "attack_log_sources", "identity_served_by"}, file);
  if (!known) return std::unexpected(known.error());
  Provider provider{.id = id,
                    .name = std::string(node.text_at("name")),
                    .platforms = node.texts_at("platforms"),
                    .attack_log_sources = node.texts_at("attack_log_sources"),
                    .identity_served_by = std::string(node.text_at("identity_served_by"))};
  if (provider.name.empty() || provider.platforms.empty()) {
    return fail(kBadProviders, "a provider needs a name and platforms: " + escape_for_log(id),
                node.place(file));
  }
  return provider;
}

}  // namespace

Result<Providers> Providers::load(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kBadProviders, "knowledge/providers.yml is missing");
  return parse(file->content, file->place);
}

Result<Providers> Providers::parse(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  if (auto known = text::expect_keys(*root, {"providers", "identity_techniques"}, file); !known) {
    return std::unexpected(known.error());
  }
  Providers providers;
  providers.identity_techniques_ = root->texts_at("identity_techniques");
  for (const std::string& pattern : providers.identity_techniques_) {
    if (is_technique_pattern(pattern)) continue;
    return fail(kBadProviders, "no technique id or pattern: " + escape_for_log(pattern),
                root->find("identity_techniques")->place(file));
  }
  const text::YamlNode* list = root->find("providers");
  if (list == nullptr || !list->is_mapping()) {
    return fail(kBadProviders, "expected a mapping 'providers'", root->place(file));
  }
  for (const auto& [key, node] : list->members) {
    auto provider = read_provider(key.text, node, file);
    if (!provider) return std::unexpected(provider.error());
    providers.providers_.push_back(std::move(*provider));
  }
  for (const Provider& provider : providers.providers_) {
    const std::string& serving = provider.identity_served_by;
    if (serving.empty() || providers.find(serving) != nullptr) continue;
    return fail(kBadProviders, "no such provider: " + escape_for_log(serving),
                list->find(provider.id)->place(file), text::did_you_mean(serving, providers.ids()));
  }
  return providers;
}

const Provider* Providers::find(std::string_view id) const {
  const auto found = std::ranges::find(providers_, id, &Provider::id);
  return found == providers_.end() ? nullptr : &*found;
}

std::vector<std::string_view> Providers::ids() const {
  std::vector<std::string_view> ids;
  for (const Provider& provider : providers_) ids.push_back(provider.id);
  return ids;
}

std::vector<const Provider*> Providers::on_platforms_of(const Technique& technique) const {
  std::vector<const Provider*> found;
  for (const Provider& provider : providers_) {
    const bool shares = std::ranges::any_of(technique.platforms, [&](const std::string& name) {
      return std::ranges::count(provider.platforms, current_platform(name)) != 0;
    });
    if (shares) found.push_back(&provider);
  }
  return found;
}

std::vector<const Provider*> Providers::with_log_source(std::string_view name) const {
  std::vector<const Provider*> found;
  for (const Provider& provider : providers_) {
    const bool owns = std::ranges::any_of(
        provider.attack_log_sources, [&](const auto& pattern) { return names(pattern, name); });
    if (owns) found.push_back(&provider);
  }
  return found;
}

std::string_view Providers::served_by(const Technique& technique, const Provider& provider) const {
  const bool identity = std::ranges::any_of(identity_techniques_, [&](const auto& pattern) {
    return matches_pattern(pattern, technique.id);
  });
  return identity ? std::string_view(provider.identity_served_by) : std::string_view{};
}

}  // namespace nepho::attack
