// The lists that a provider's entry in nephometer.yml may hold: key, and member.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workspace/workspace.h"

namespace nepho::workspace {

// One table, so that a list that is added here is read from the file and is a placeholder of rules
// without another line. read.cc names the keys once more, for "did you mean".
using ProviderList = std::pair<std::string_view, std::vector<std::string> ProviderUse::*>;

inline constexpr std::array<ProviderList, 10> kProviderLists{{
    {"account_ids", &ProviderUse::account_ids},
    {"organization_id", &ProviderUse::organization_id},
    {"tenant_ids", &ProviderUse::tenant_ids},
    {"subscription_ids", &ProviderUse::subscription_ids},
    {"project_ids", &ProviderUse::project_ids},
    {"services", &ProviderUse::services},
    {"crown_jewels", &ProviderUse::crown_jewels},
    {"provisioning_principals", &ProviderUse::provisioning_principals},
    {"trusted_external_accounts", &ProviderUse::trusted_external_accounts},
    {"log_buckets", &ProviderUse::log_buckets},
}};

}  // namespace nepho::workspace
