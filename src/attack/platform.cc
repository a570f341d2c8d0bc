#include "attack/platform.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nepho::attack {
namespace {

constexpr std::array<std::string_view, 5> kPlatforms{"IaaS", "SaaS", "Office Suite",
                                                     "Identity Provider", "Containers"};

// From ATT&CK's release notes of April 2021 (9), October 2024 (16) and April 2025 (17).
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kRenamed{{
    {"AWS", "IaaS"},
    {"Azure", "IaaS"},
    {"GCP", "IaaS"},
    {"Azure AD", "Identity Provider"},
    {"Office 365", "Office Suite"},
    {"Google Workspace", "Office Suite"},
    {"Network", "Network Devices"},
}};

}  // namespace

std::span<const std::string_view> platforms_in(Scope scope) {
  const std::span<const std::string_view> all(kPlatforms);
  return scope == Scope::kCloud ? all.first(kPlatforms.size() - 1) : all;
}

std::string_view current_platform(std::string_view name) {
  for (const auto& [old, current] : kRenamed) {
    if (old == name) return current;
  }
  return name;
}

bool is_in(const Technique& technique, Scope scope) {
  const auto platforms = platforms_in(scope);
  return std::ranges::any_of(technique.platforms, [&](const std::string& platform) {
    return std::ranges::find(platforms, current_platform(platform)) != platforms.end();
  });
}

}  // namespace nepho::attack
