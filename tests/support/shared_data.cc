#include "tests/support/shared_data.h"

#include <cstdlib>

namespace nepho::tests {

std::optional<std::filesystem::path> shared_data(std::string_view path) {
  const char* folder = std::getenv("NEPHO_SHARED");
  const std::filesystem::path root =
      folder != nullptr ? std::filesystem::path(folder)
                        : std::filesystem::path(NEPHO_SOURCE_DIR).parent_path() / "shared";
  const auto found = root / path;
  std::error_code error;
  if (!std::filesystem::exists(found, error)) return std::nullopt;
  return found;
}

}  // namespace nepho::tests
