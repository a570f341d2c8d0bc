// The user's folder: what nephometer.yml says of the organisation, its clouds, its logs and its
// rules. docs/formats/nephometer-yml.md describes the file.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "text/yaml.h"

namespace nepho::workspace {

// Who the user is. Nothing here is needed; what is there narrows which actors count, and gives
// rules their placeholders.
struct Organisation {
  std::string name;
  std::vector<std::string> sectors;    // "financial-services"
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, "DE"
  std::vector<std::string> domains;
  std::vector<std::string> networks;  // CIDR, checked
};

// A provider that the user runs. Which lists mean something depends on the provider.
struct ProviderUse {
  std::string provider;                 // an id of knowledge/providers.yml
  std::optional<std::size_t> accounts;  // how many accounts, subscriptions or projects there are
  std::vector<std::string> account_ids;
  std::vector<std::string> organization_id;
  std::vector<std::string> tenant_ids;
  std::vector<std::string> subscription_ids;
  std::vector<std::string> project_ids;
  std::vector<std::string> services;
  std::vector<std::string> crown_jewels;
  std::vector<std::string> provisioning_principals;  // may hold '*'
  std::vector<std::string> trusted_external_accounts;
  std::vector<std::string> log_buckets;
};

// A log that the user collects. A `coverage` of 0 means known and not collected.
struct LogSourceUse {
  std::string id;         // "aws.cloudtrail", "aws.cloudtrail.s3_data"
  double coverage = 1.0;  // share of accounts it covers, 0..1
  std::optional<std::chrono::seconds> latency;
  std::optional<std::chrono::seconds> silence;  // longest that is normal, in place of knowledge's
};

// Where detections come from: a path, or the built-in pack. Exactly one of `path` and `pack` is not
// empty.
struct DetectionSource {
  std::filesystem::path path;  // from the workspace's folder; empty for a pack
  std::string format;          // "elastic"; empty: found out
  bool enabled_only = false;
  std::string pack;  // "builtin"
  Place place;       // in nephometer.yml
};

// A preventive control that takes `factor` (0..1) of a technique's risk away.
struct Prevention {
  std::string technique;
  std::string provider;
  double factor = 0;
  std::string why;
};

// A signed acceptance of a cell's risk, up to and with the day `until`.
struct Acceptance {
  std::string technique;
  std::string provider;
  std::chrono::sys_days until;
  std::string by;
  std::string why;
};

// How a Sigma filter applies (engine.md, "filter").
enum class FilterReading { kSpecification, kAsWritten };

// A plain value. Paths are joined with `folder`, so that they hold wherever the program runs.
struct Workspace {
  std::filesystem::path folder;
  std::string file;  // nephometer.yml, as messages name it
  Organisation organisation;
  std::vector<ProviderUse> providers;  // in the order of the file, as are all lists
  std::vector<LogSourceUse> log_sources;
  std::vector<DetectionSource> detections;
  std::vector<std::string> native;  // detectors of the providers' own that are on: "aws.guardduty"
  std::vector<Prevention> prevention;
  std::vector<Acceptance> accepted;
  std::map<std::string, std::vector<std::string>> own_placeholders;
  // The time that was agreed for an alert, from the attack's first event on; none: never late.
  std::optional<std::chrono::seconds> alert_within;
  FilterReading filters = FilterReading::kSpecification;
  // Parameters of the coverage model in place of knowledge/intel/model.yml's, checked;
  // coverage::override_model() lays them over it.
  std::optional<text::YamlNode> model;

  // The entry of this provider or log source, or nullptr. Lists are short: a walk. The pointers
  // hold as long as the workspace is not changed.
  const ProviderUse* find_provider(std::string_view id) const;
  const LogSourceUse* find_log_source(std::string_view id) const;
};

// What Sigma's `expand` finds: "account_ids" -> the ids of all providers, "networks" -> ..., and
// the workspace's own. Names whose lists are empty are left out; values in order, each once. Keys
// are the names of the file, so that what a rule expands can be found in it by searching.
std::map<std::string, std::vector<std::string>> placeholders(const Workspace& workspace);

}  // namespace nepho::workspace
