// The versions of ATT&CK that the program knows: knowledge/attack/VERSION.tsv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "attack/facts_reader.h"
#include "base/knowledge.h"
#include "base/result.h"

namespace nepho::attack {

inline constexpr ErrorCode kUnknownVersion{"attack.unknown_version"};

// The versions at hand, oldest first: "8.2", "16.1", "18.1", "19.1".
std::vector<std::string> known_versions(const Knowledge& knowledge);

// The catalogue of `version`; the newest known when it is empty. "19" means the newest 19.x. With
// Detail::kMatrix it knows of tactics and techniques and of nothing else.
Result<Catalogue> load_catalogue(const Knowledge& knowledge, std::string_view version = {},
                                 Detail detail = Detail::kAll);

}  // namespace nepho::attack
