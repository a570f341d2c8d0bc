// Detectors that a provider brings along (GuardDuty, Defender for Cloud, ...): what they claim to
// detect. A claim is nobody's rule and no proof.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "base/knowledge.h"
#include "base/problem.h"

namespace nepho::inventory {

inline constexpr ErrorCode kBadNativeDetector{"inventory.bad_native_detector"};

struct NativeClaim {
  std::string technique;
  std::string grade;                // "minimal", "partial", "significant"
  std::vector<std::string> alerts;  // the types of alert that are about it, where they are known
};

struct NativeDetector {
  std::string id;  // "aws.guardduty": the provider, then a name
  std::string provider;
  std::string title;
  std::vector<NativeClaim> claims;  // in the order of the file
};

// The ids that there are, in order; reads no file.
std::vector<std::string_view> native_detector_ids(const Knowledge& knowledge);

// knowledge/native/<id>.tsv (docs/formats/native-detectors.md), by id. Claims of techniques that
// the catalogue does not have are left out. A line that is wrong is reported with its place and
// costs only itself.
std::vector<NativeDetector> load_native_detectors(const Knowledge& knowledge,
                                                  const attack::Catalogue& catalogue,
                                                  LoadReport& report);

}  // namespace nepho::inventory
