// Rules, logs and bundles of other people that some tests hold us against. They are not part of
// the project; a test that needs them skips where they are absent.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace nepho::tests {

// `path` inside the folder of shared data: $NEPHO_SHARED, or ../shared beside the source tree.
// nullopt where there is no such file or folder.
//
//   const auto bundles = shared_data("data/attack");
//   if (!bundles) GTEST_SKIP() << kNoSharedData;
std::optional<std::filesystem::path> shared_data(std::string_view path);

inline constexpr std::string_view kNoSharedData =
    "needs data that is not part of the project: set NEPHO_SHARED to its folder";

}  // namespace nepho::tests
