#include "tests/support/generated_rules.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "tests/support/program.h"

namespace nepho::tests {

bool can_generate_rules() { return std::system("python3 -c pass >/dev/null 2>&1") == 0; }

bool generate_rules(const std::filesystem::path& folder, std::size_t num_rules, unsigned seed) {
  const std::string tool = (source_folder() / "tools/gen_rules.py").string();
  const std::string command =
      fmt::format("python3 '{}' '{}' --rules {} --seed {}", tool, folder.string(), num_rules, seed);
  return std::system(command.c_str()) == 0;
}

}  // namespace nepho::tests
