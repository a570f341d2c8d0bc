// A file of detection rules in another product's format, as read but not yet understood.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "text/yaml.h"

namespace nepho::inventory {

enum class RuleFormat : std::uint8_t {
  kElastic,        // detection-rules TOML, and Kibana's export as NDJSON
  kSplunk,         // security_content YAML
  kSavedSearches,  // Splunk's savedsearches.conf
  kSentinel,       // Microsoft Sentinel YAML
  kSentinelArm,    // ... ARM templates and what the portal exports
  kPanther,
  kYaral,
  kFalco,
  kWazuh,
  kAnvilogic,
  kOkta,     // Okta's customer detections
  kCsa,      // Google's Community Security Analytics
  kSumo,     // Sumo Logic's catalogue, Markdown
  kDatadog,  // what its API gives, JSON
  kCsv,      // any product's rules, listed by hand
};

// The format's name in a Detection: one product may have several forms ("splunk", "sentinel").
std::string_view to_string(RuleFormat format);
// All these names and "sigma", each once.
std::span<const std::string_view> format_names();

// A plain value. YAML, TOML and JSON come as trees; `text` is there for the other formats.
struct RuleFile {
  std::string path;
  std::string text;
  RuleFormat format{};
  std::vector<text::YamlNode> trees;  // documents, or lines of NDJSON
  std::optional<Error> error;         // where reading ended; `trees` are those before it
};

// Finds the format out from the content; the path is only for places. Nothing when the text is in
// none of the formats, among them Sigma (is_sigma()). One that cannot be read as far as the keys
// that tell is known by those that begin a line, if by any, and comes with its error. Cost: the
// parsing.
std::optional<RuleFile> recognize(std::string text, std::string path,
                                  const Limits& limits = kDefaultLimits);

// Whether the text has the keys that only Sigma's rules, correlations and filters have, each at the
// beginning of a line. Does not parse.
bool is_sigma(std::string_view text);

}  // namespace nepho::inventory
