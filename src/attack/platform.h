// ATT&CK's platforms: which are cloud, and what older versions called them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "attack/technique.h"

namespace nepho::attack {

// Which techniques count: those of ATT&CK's cloud matrix, or those of containers as well.
enum class Scope : std::uint8_t { kCloud, kCloudAndContainers };

// "IaaS", "SaaS", "Office Suite", "Identity Provider", and with containers "Containers".
std::span<const std::string_view> platforms_in(Scope scope);

// What version 19 calls a platform that an older version named otherwise: AWS, Azure and GCP are
// "IaaS" since 9, "Azure AD" is "Identity Provider" and "Office 365" and "Google Workspace" are
// "Office Suite" since 16, "Network" is "Network Devices" since 17. Any other name is itself.
std::string_view current_platform(std::string_view name);

// Whether the technique is on one of the scope's platforms, whatever its version calls them.
bool is_in(const Technique& technique, Scope scope);

}  // namespace nepho::attack
