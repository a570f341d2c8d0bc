// Rules by the thousand, from tools/gen_rules.py.
#pragma once

#include <cstddef>
#include <filesystem>

namespace nepho::tests {

// Whether the generator can be run here: it needs Python.
bool can_generate_rules();

// Writes `num_rules` rules for CloudTrail into `folder`; the same seed, the same bytes. False when
// the generator fails.
bool generate_rules(const std::filesystem::path& folder, std::size_t num_rules, unsigned seed = 1);

}  // namespace nepho::tests
