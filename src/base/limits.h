// Every bound on outside data, in one place, each with its reason. A loop over what others wrote
// ends at one of these, and whoever meets the bound counts it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nepho {

struct Limits {
  // One record of a log, inside any envelope. CloudTrail's largest is 256 KB, an M365 record 1 MB;
  // 4 MiB leaves room and bounds a shard's buffer. Beyond: skipped as "too-large".
  std::size_t max_record_bytes = std::size_t{4} << 20U;
  // What is read in search of the end of a record beyond that; then the rest of the file is given
  // up, and said. At 4 GB/s it takes 16 ms; what any log holds is far within max_record_bytes.
  std::size_t max_passed_bytes = std::size_t{64} << 20U;
  // Nesting of a JSON record. Real cloud logs stay under 30; deeper is a bomb.
  std::size_t max_json_depth = 256;
  // A document read whole (rules, layers, workspace). SigmaHQ's largest is 300 KB.
  std::size_t max_document_bytes = std::size_t{16} << 20U;
  // A STIX bundle or another catalogue read whole: Enterprise ATT&CK is 45 MB.
  std::size_t max_bundle_bytes = std::size_t{512} << 20U;
  // Nodes and nesting of one YAML file, counted after aliases are followed: stops "billion laughs".
  std::size_t max_yaml_nodes = 200'000;
  std::size_t max_yaml_depth = 64;
  // A rule file in TOML or XML, whose readers build a tree of their own before ours: the largest of
  // 9,000 public ones has 300 KB.
  std::size_t max_rule_bytes = std::size_t{4} << 20U;
  // Compressed input may grow at most this much once it has grown beyond inflate_free_bytes; more
  // is taken for a bomb. CloudTrail packs 1:10 to 1:40; lines that are all the same, which no log
  // has, up to gzip's bound of 1:1032.
  std::uint64_t max_inflate_ratio = 250;
  // What may be unpacked whatever the ratio: at 0.4 GB/s, which zlib does for archives, a bomb is
  // refused within 50 ms.
  std::uint64_t inflate_free_bytes = std::uint64_t{12} << 20U;
  // Files in one archive: a year of a large organisation's hourly CloudTrail, by account and
  // region.
  std::size_t max_archive_members = 1'000'000;
  // Archives in archives: an export (zip) of a case's folders (zip) of a host's logs (tar). More is
  // taken for a bomb.
  std::size_t max_archive_depth = 3;
  // Values one field path may resolve to in one event; beyond, the rest is not looked at.
  std::size_t max_values_per_field = 10'000;
  // Program size of one regular expression in RE2, in bytes of memory.
  std::int64_t max_regex_bytes = std::int64_t{8} << 20U;
  // Values of one line of a rule once its modifiers multiplied them: windash makes 5 of each dash,
  // placeholders insert lists of hosts. SigmaHQ's longest item has 300.
  std::size_t max_values_per_item = 50'000;
  // Nesting of a rule's condition (SigmaHQ: 5) and the nodes of all its selections put in place.
  std::size_t max_condition_depth = 64;
  std::size_t max_condition_nodes = 100'000;
  // Rules that one correlation refers to: a temporal one keeps a time for each, or for each pair.
  // The longest of SigmaHQ has 5.
  std::size_t max_rules_per_correlation = 64;
  // Groups of one correlation with something in their window: about 110 bytes each with one event
  // (measured, 10 million). Beyond, the one that was quiet longest leaves and is counted.
  std::size_t max_groups_per_correlation = 1'000'000;
  // Values in the window of one group whose sum, average or percentile is asked for; beyond, the
  // oldest leaves and is counted. A guess: 2 MB a group.
  std::size_t max_values_per_group = 100'000;
  // A state of correlations read whole: a million groups with ten events each take some 600 MB.
  std::size_t max_state_bytes = std::size_t{4} << 30U;
  // Events a finding names; more are counted but not listed.
  std::size_t max_events_per_finding = 1'000;
};

inline constexpr Limits kDefaultLimits{};

}  // namespace nepho
